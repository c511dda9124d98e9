// What the page may ask of the transfer engine and what it is told, as plain data: everything here
// crosses postMessage. Knows nothing of WebRTC, of workers, or of which tab runs the engine.

/** How the bytes travel: same network, across networks, through a relay, or not at all now. */
export type Route = 'lan' | 'direct' | 'relayed' | 'offline';

/** The state machines' words, sender and receiver together; `data-status` of a transfer row. */
export type TransferStatus =
  | 'announced'
  | 'fetching'
  | 'serving'
  | 'paused'
  | 'stalled'
  | 'finishing'
  | 'done'
  | 'declined'
  | 'cancelled'
  | 'failed';

/** Why a transfer failed or waits. The page has words for each. */
export type ProblemCode =
  /** The source file was edited, deleted or renamed on the sender's disk. */
  | 'source-changed'
  /** This device has not enough room: see `neededBytes` and `freeBytes`. */
  | 'store-full'
  | 'store-failed'
  /** The sender no longer offers it: the page was closed or reloaded there. */
  | 'no-sources'
  /** Bytes kept failing their checks. */
  | 'chunk-corrupt'
  | 'manifest-invalid'
  /** The two sides run versions of Ferry that cannot talk. */
  | 'version-unsupported'
  /** The other side broke the protocol. */
  | 'protocol'
  /** No path between the two devices was found. */
  | 'unreachable';

export interface Problem {
  code: ProblemCode;
  /** The file concerned, where there is one. */
  fileName?: string;
  neededBytes?: number;
  freeBytes?: number;
}

/** The selected candidate pair, for the connection details. */
export interface ConnectionDetails {
  localCandidate: string;
  remoteCandidate: string;
  /** `udp`, `tcp` or `tls` (to the relay). */
  protocol: string;
  roundTripMs: number | null;
}

/** One bundle on its way between me and one colleague. Replaced as a whole about ten times a second. */
export interface TransferSnapshot {
  transferId: string;
  direction: 'send' | 'receive';
  peer: { userId: string; username: string };
  /** The file's or folder's name; for several items the first one's. */
  title: string;
  /** Top-level items: `title` names the first. */
  itemCount: number;
  /** Files to move (of the chosen ones). */
  fileCount: number;
  totalBytes: number;
  /** Verified and stored on the receiving side. */
  doneBytes: number;
  bytesPerSecond: number;
  secondsLeft: number | null;
  status: TransferStatus;
  route: Route;
  /** The chunk map in at most 80 cells, each 0 (nothing) to 3 (all held). */
  pieces: number[];
  createdAt: number;
  pausedBy?: 'me' | 'peer';
  cancelledBy?: 'me' | 'peer' | 'other-device';
  problem?: Problem;
  connection?: ConnectionDetails;
}

/** A file of a bundle. */
export interface EntrySnapshot {
  index: number;
  /** Path segments as they will be saved; the last one is the file's name. */
  path: string[];
  sizeBytes: number;
  mediaType: string;
  /** Milliseconds since the epoch, as the sender's disk told. */
  modifiedMs: number;
  /** Every chunk is here and both sides agree on the content id. */
  verified: boolean;
}

/** A bundle of which at least one file has been received; survives reloads. */
export interface ReceivedBundle {
  transferId: string;
  peer: { userId: string; username: string };
  title: string;
  receivedAt: number;
  /** Verified files, ready to save. */
  fileCount: number;
  sizeBytes: number;
}

export interface EngineSnapshot {
  transfers: TransferSnapshot[];
  received: ReceivedBundle[];
  /** Changes when `entries()` of some bundle may answer something new. */
  receivedRevision: number;
}

export interface OutgoingFile {
  /** Path segments relative to what was picked; one segment for a plain file. */
  path: string[];
  file: File;
}

export interface SendRequest {
  toUserId: string;
  title: string;
  itemCount: number;
  files: OutgoingFile[];
}

/** Storage of this origin, for "space used". */
export interface StorageUse {
  usedBytes: number;
  /** What this browser would still keep, as measured. */
  freeBytes: number;
}

/** The engine as any tab sees it: in the leading tab a worker answers, in the others the leading tab does. */
export interface EngineClient {
  /**
   * Announces a bundle to every device of a user; resolves with the transfer's id at once. Rejects with the message
   * `too-much` when it is more than one transfer carries.
   */
  send(request: SendRequest): Promise<string>;
  /** Entries of an incoming or received bundle, in manifest order. */
  entries(transferId: string): Promise<EntrySnapshot[]>;
  /** Starts fetching; `entryIndexes` chooses files out of the bundle, all when absent. */
  accept(transferId: string, entryIndexes?: number[]): Promise<void>;
  decline(transferId: string): Promise<void>;
  pause(transferId: string): Promise<void>;
  resume(transferId: string): Promise<void>;
  cancel(transferId: string): Promise<void>;
  /** Announces a failed, declined or cancelled send again. Rejects when its files are gone. */
  retry(transferId: string): Promise<void>;
  /** Takes an ended transfer out of the tray; what was received stays in the received list. */
  dismiss(transferId: string): Promise<void>;
  /** Deletes received bytes from this browser; what was saved elsewhere stays. */
  clearReceived(transferIds: string[]): Promise<void>;
  storageUse(): Promise<StorageUse>;
  /** Calls back with the current snapshot at once and on every change (about 10 Hz at most). */
  subscribe(listener: (snapshot: EngineSnapshot) => void): () => void;
}
