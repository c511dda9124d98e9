// What the page may ask of the transfer engine and what it is told, as plain data: everything here
// crosses postMessage. Knows nothing of WebRTC, of workers, or of which tab runs the engine.
import type { CatalogPlace } from '@ferry/shared';
import type { QueuePlace, RefusalReason, RelayReason, SourceStatus } from '@ferry/webrtc-core';
import type { CatalogCommands, EndedShare, ServingSnapshot, ShareSnapshot } from './catalog-contract.ts';
import type { OutgoingFile, SendRequest, SourceHandle } from './picked-files-contract.ts';
import type { StoreCommands, StoreSnapshot } from './store-contract.ts';

export type { RefusalReason } from '@ferry/webrtc-core';
export type { OutgoingFile, SendRequest, SourceHandle } from './picked-files-contract.ts';

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
  /** No path between the two devices was found, or the other one does not answer. */
  | 'unreachable'
  /** No direct path was found, and the server names no relay. */
  | 'relay-missing'
  /** No direct path was found, and none of the relays could be used from here. */
  | 'relay-failed'
  /** This browser found no address to offer, or may only use relays and there are none. */
  | 'candidates-missing'
  /** The browser must be asked once more before it opens the files: `unlock`, from a click. */
  | 'files-locked'
  /** The files are no longer at hand in this browser: they must be chosen again, `supplyFiles`. */
  | 'files-needed'
  /** What was chosen again is not what was announced; `fileName` is one that differs or is missing. */
  | 'files-differ'
  /** The folder that it is received into must be asked for once more: `unlock`, from a click. */
  | 'folder-locked'
  /** It is not in the catalog any more, or not for me. */
  | 'not-shared'
  /** Files changed at their owner's since the download began: `answerChange`; `fileName` is one of them. */
  | 'files-changed'
  /** Its owner's browser cannot open the files now; it is asked again by itself. */
  | 'owner-unreadable'
  /** It was deleted from the Store, or has expired. */
  | 'version-gone'
  /** What waits in the Store was locked before its sender knew of this browser: another one of mine opens it. */
  | 'key-missing';

/** Why somebody paused: a wish, or because it cannot move now. */
export type PauseReason =
  | 'user'
  /** Other transfers come first there. */
  | 'queue'
  /** There is no room for more. */
  | 'space'
  /** The files are not at hand there. */
  | 'files';

export interface Problem {
  code: ProblemCode;
  /** The file concerned, where there is one. */
  fileName?: string;
  fileCount?: number;
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
  /** `address:port` of each end; null where the browser hides it. */
  localAddress: string | null;
  remoteAddress: string | null;
  /** Why no direct path is used; null for one that is not relayed. */
  relayReason: RelayReason | null;
}

/** A colleague's device that a download may come from. */
export interface SourceSnapshot {
  deviceId: string;
  user: { userId: string; username: string };
  status: SourceStatus;
  isOnline: boolean;
  route: Route;
  isOwner: boolean;
  place?: QueuePlace;
  /** Why it does not give it now; for `refused`. */
  refusal?: RefusalReason;
  movedBytes: number;
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
  /** Unfinished transfers move in this order, least first; of no meaning once one has ended. */
  order: number;
  /** Chunk bytes that crossed the wire since this page was opened, those that had to come again included. */
  movedBytes: number;
  pausedBy?: 'me' | 'peer';
  pauseReason?: PauseReason;
  /** Whether `retry` may help; for transfers that failed, were declined or cancelled. */
  canRetry: boolean;
  /** A reload does no harm: the files can be opened again. Always so for what is received. */
  survivesReload: boolean;
  cancelledBy?: 'me' | 'peer' | 'other-device';
  problem?: Problem;
  connection?: ConnectionDetails;
  /**
   * `catalog`: nobody was asked to accept it; whoever receives it found it. `store`: it comes in pieces from those who
   * keep them; see `stored`.
   */
  origin: 'direct' | 'catalog' | 'store';
  /** Of what is fetched from the catalog or the Store; empty otherwise. */
  sources: SourceSnapshot[];
  /** Of what is fetched from the catalog the file or folder, or the first few of its files that are fetched by themselves. */
  places?: CatalogPlace[];
  /** Of what is fetched from the catalog everybody that something of it came from, also before a reload; the first few. */
  givers?: { userId: string; username: string }[];
  /** Nobody who has it is online: it starts, or goes on, by itself when somebody is. */
  waitsForOwner?: boolean;
  /**
   * Of what comes from the Store. A `delivery` was sent to me while I was away: it is announced until it is answered,
   * and its `peer` is the sender. A `file` I asked for myself; its `peer` is its owner.
   */
  stored?: StoredOrigin;
  /** So few of those who keep it are online that it cannot go on: it does by itself when there are enough. */
  waitsForHolders?: { online: number; needed: number };
}

interface StoredOrigin {
  versionId: string;
  kind: 'file' | 'delivery';
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

/** Bytes kept of a bundle that is not whole: it may go on one day, or be freed. */
export interface PartialBundle {
  transferId: string;
  peer: { userId: string; username: string };
  title: string;
  createdAt: number;
  /** Bytes that are verified and kept in this browser. */
  heldBytes: number;
  totalBytes: number;
  /** It ended without being whole; `retry` may go on with it. */
  hasFailed: boolean;
}

/** What the user allows Ferry to use at once. Null: no limit. */
export interface Limits {
  /** Transfers that move at the same time, each direction for itself. */
  transfersAtOnce: number | null;
  receiveBytesPerSecond: number | null;
  sendBytesPerSecond: number | null;
}

export interface EngineSnapshot {
  transfers: TransferSnapshot[];
  received: ReceivedBundle[];
  partial: PartialBundle[];
  shares: ShareSnapshot[];
  endedShares: EndedShare[];
  serving: ServingSnapshot;
  store: StoreSnapshot;
  limits: Limits;
  /** Changes when `entries()` or `findHeld()` may answer something new. */
  receivedRevision: number;
}

export interface LockedHandle {
  handle: FileSystemHandle;
  mode: FileSystemPermissionMode;
}

/** Storage of this origin, for "space used". */
export interface StorageUse {
  usedBytes: number;
  /** What this browser would still keep, as measured. */
  freeBytes: number;
}

/** The engine as any tab sees it: in the leading tab a worker answers, in the others the leading tab does. */
export interface EngineClient {
  /** Sharing, and fetching from the catalog. */
  readonly catalog: CatalogCommands;
  /** Keeping pieces for others, and storing, fetching and delivering through them. */
  readonly store: StoreCommands;
  /**
   * Announces a bundle to every device of a user; resolves with the transfer's id at once. Rejects with the message
   * `too-much` when it is more than one transfer carries.
   */
  send(request: SendRequest): Promise<string>;
  /** Entries of an incoming or received bundle, in manifest order. */
  entries(transferId: string): Promise<EntrySnapshot[]>;
  /** All bytes of a received bundle, files end to end in the order of `entries`; a slice of it is a file. */
  content(transferId: string): Promise<Blob>;
  /**
   * Starts fetching; `entryIndexes` chooses files out of the bundle, all when absent. Chunks are kept in this browser,
   * or in `folder` when there is one. Rejects with `store-full` when there is no room; the problem has the numbers.
   */
  accept(transferId: string, entryIndexes?: number[], folder?: FileSystemDirectoryHandle): Promise<void>;
  decline(transferId: string): Promise<void>;
  pause(transferId: string): Promise<void>;
  resume(transferId: string): Promise<void>;
  cancel(transferId: string): Promise<void>;
  /** Tries again what failed, with all that is held; announces a declined or cancelled send anew. */
  retry(transferId: string): Promise<void>;
  /** A send whose files are not at hand goes on with these, if they are the same; else its problem says which differ. */
  supplyFiles(transferId: string, files: OutgoingFile[], handles: SourceHandle[]): Promise<void>;
  /** What the browser must be asked to open again, for `requestPermission` in the page. */
  lockedHandles(transferId: string): Promise<LockedHandle[]>;
  /** The browser was asked: look again. */
  unlock(transferId: string): Promise<void>;
  /** What is still missing is kept in this folder from now on; for a transfer that has no room. */
  useFolder(transferId: string, folder: FileSystemDirectoryHandle): Promise<void>;
  /** Changes an unfinished transfer's place in the queue. */
  move(transferId: string, to: 'up' | 'down' | 'first'): Promise<void>;
  setLimits(limits: Limits): Promise<void>;
  /** Takes an ended transfer out of the tray; what was received stays in the received list. */
  dismiss(transferId: string): Promise<void>;
  /** Deletes received bytes from this browser, whole bundles or parts of one; what was saved elsewhere stays. */
  clearReceived(transferIds: string[]): Promise<void>;
  storageUse(): Promise<StorageUse>;
  /** Calls back with the current snapshot at once and on every change (about 10 Hz at most). */
  subscribe(listener: (snapshot: EngineSnapshot) => void): () => void;
}
