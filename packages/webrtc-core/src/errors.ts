// Every way the engine can fail, as a closed set of codes; knows nothing of what a user is told.
// Cancelled and declined are states of a transfer, not errors.

/** Who or what an error blames, which decides whom to drop and what to retry. */
export type Blame = 'network' | 'server' | 'peer' | 'source' | 'local';

interface CodePolicy {
  retryable: boolean;
  blames: Blame;
}

/** The one table: a code that is not here does not exist. */
const POLICIES = {
  'signaling-closed': { retryable: true, blames: 'server' },
  'signaling-timeout': { retryable: true, blames: 'server' },
  'signaling-rejected': { retryable: true, blames: 'server' },
  'ice-failed': { retryable: true, blames: 'network' },
  lost: { retryable: true, blames: 'network' },
  'channel-closed': { retryable: true, blames: 'network' },
  'connect-timeout': { retryable: true, blames: 'network' },
  'relay-missing': { retryable: true, blames: 'network' },
  'relay-failed': { retryable: true, blames: 'network' },
  'candidates-missing': { retryable: true, blames: 'local' },
  'version-unsupported': { retryable: false, blames: 'peer' },
  'message-malformed': { retryable: false, blames: 'peer' },
  'message-unexpected': { retryable: false, blames: 'peer' },
  'limit-exceeded': { retryable: false, blames: 'peer' },
  'manifest-invalid': { retryable: false, blames: 'peer' },
  'chunk-corrupt': { retryable: true, blames: 'source' },
  'source-changed': { retryable: false, blames: 'source' },
  'store-full': { retryable: true, blames: 'local' },
  'store-failed': { retryable: true, blames: 'local' },
  'no-sources': { retryable: true, blames: 'peer' },
} as const satisfies Record<string, CodePolicy>;

export type ErrorCode = keyof typeof POLICIES;

export const ERROR_CODES = Object.keys(POLICIES) as ErrorCode[];

/** Why an attempt to reach a peer ended without a path. */
export type NoPathCode =
  /** The other side never answered. */
  | 'connect-timeout'
  /** Both sides had something to offer, and no pair of it worked. */
  | 'ice-failed'
  /** No direct path, and the configuration names no relay. */
  | 'relay-missing'
  /** No direct path, and none of the relays that the configuration names served this side. */
  | 'relay-failed'
  /** This side had nothing to offer: no network, WebRTC switched off, or relays only and there are none. */
  | 'candidates-missing';

/**
 * The base of all errors this library throws or reports.
 *
 * @example if (error instanceof FerryError && error.retryable) scheduleRetry();
 */
export class FerryError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }

  /** Whether doing the same again may succeed. */
  get retryable(): boolean {
    return POLICIES[this.code].retryable;
  }

  get blames(): Blame {
    return POLICIES[this.code].blames;
  }
}

/** The introduction failed: retry with backoff. */
export class SignalingError extends FerryError {
  static closed(cause?: unknown): SignalingError {
    return new SignalingError('signaling-closed', 'The signaling channel closed', { cause });
  }
  static timeout(): SignalingError {
    return new SignalingError('signaling-timeout', 'The signaling channel did not answer in time');
  }
  static rejected(cause?: unknown): SignalingError {
    return new SignalingError('signaling-rejected', 'The signaling channel refused a signal', { cause });
  }
}

const NO_PATH: Record<NoPathCode, string> = {
  'connect-timeout': 'The connection was not made in time',
  'ice-failed': 'No path between the two devices was found',
  'relay-missing': 'No direct path was found, and no relay is configured',
  'relay-failed': 'No direct path was found, and no relay could be used',
  'candidates-missing': 'This device found no address to offer',
};

/** The path between two peers failed: restart ICE, then make a new session. */
export class ConnectionError extends FerryError {
  static noPath(code: NoPathCode): ConnectionError {
    return new ConnectionError(code, NO_PATH[code]);
  }
  static lost(): ConnectionError {
    return new ConnectionError('lost', 'The other device went silent');
  }
  static channelClosed(cause?: unknown): ConnectionError {
    return new ConnectionError('channel-closed', 'The data channel is closed', { cause });
  }
  static timeout(): ConnectionError {
    return ConnectionError.noPath('connect-timeout');
  }
}

/** The other side broke the protocol: drop it. */
export class ProtocolError extends FerryError {
  static versionUnsupported(theirs: number): ProtocolError {
    return new ProtocolError('version-unsupported', `The other side speaks version ${theirs}`);
  }
  static malformed(what: string): ProtocolError {
    return new ProtocolError('message-malformed', `Malformed message: ${what}`);
  }
  static unexpected(what: string): ProtocolError {
    return new ProtocolError('message-unexpected', `Unexpected message: ${what}`);
  }
  static limitExceeded(what: string): ProtocolError {
    return new ProtocolError('limit-exceeded', `Limit exceeded: ${what}`);
  }
}

/** Something is wrong with the bytes or the place they are kept. */
export class ContentError extends FerryError {
  /** Index of the bundle's entry concerned, where one is. */
  entry?: number;

  static manifestInvalid(what: string): ContentError {
    return new ContentError('manifest-invalid', `Invalid manifest: ${what}`);
  }
  static chunkCorrupt(what: string): ContentError {
    return new ContentError('chunk-corrupt', `Corrupt chunk: ${what}`);
  }
  static sourceChanged(entry: number, cause?: unknown): ContentError {
    const error = new ContentError('source-changed', 'The source file changed or is gone', { cause });
    error.entry = entry;
    return error;
  }
  static storeFull(cause?: unknown): ContentError {
    return new ContentError('store-full', 'There is no room left for received chunks', { cause });
  }
  static storeFailed(cause?: unknown): ContentError {
    return new ContentError('store-failed', 'Received chunks could not be stored', { cause });
  }
}

/** The transfer cannot go on; what is held stays held. */
export class TransferError extends FerryError {
  static noSources(): TransferError {
    return new TransferError('no-sources', 'Nobody offers this transfer any more');
  }
}
