// What the server knows of a device that offers room, as far as decisions need it. Knows no sockets and no quota dialogs.

export interface StorePeer {
  readonly peerId: string;
  /** The account: who leaves, leaves with all their devices. */
  readonly ownerId: string;
  /** Null while it is away. */
  readonly onlineSinceMs: number | null;
  /** Now, while it is online. */
  readonly lastContactMs: number;
  /** Of what it offers, less what it was assigned. */
  readonly freeBytes: number;
  /** See uptime.ts. */
  readonly officeUptime: number;
  /** Was caught with wrong bytes: what it holds counts for nothing. */
  readonly isQuarantined: boolean;
  /** Is there and gives nothing, see silent-devices.ts: what it holds counts for nothing until somebody gets it. */
  readonly isSilent?: boolean;
}

/** By id. Who is not in it has no account or no room any more. */
export type StorePeers = ReadonlyMap<string, StorePeer>;
