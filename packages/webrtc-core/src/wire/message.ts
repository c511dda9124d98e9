// Everything two Ferry engines say to each other over a link, as one closed union. Knows no bytes.
import type { ManifestEntry } from '../content/manifest.ts';
import type { Run } from '../content/run.ts';
import type { ErrorCode } from '../errors.ts';

/** A UUID made by whoever announces a bundle or asks for one; 16 bytes on the wire. */
export type TransferId = string;

/** The first message on every channel, from both sides. */
export interface HelloMessage {
  type: 'hello';
  version: number;
  /** Program and version, for people who read logs. */
  agent: string;
}

/** Flow control: how many bytes of chunk messages the other side may send on this channel, counted from its start. */
export interface GrantMessage {
  type: 'grant';
  limitBytes: number;
}

/** Is the other side there? It answers `pong` with the same id. */
export interface PingMessage {
  type: 'ping';
  id: number;
}
export interface PongMessage {
  type: 'pong';
  id: number;
}

/** Receiver: I want this of yours. Said on every new link until all is here; answered by `announce` or `refuse`. */
export interface AskMessage {
  type: 'ask';
  transfer: TransferId;
  /** What is wanted, and why it may be had: between the applications on both sides. */
  reference: string;
}

/** Sender: not this, or not now. */
export interface RefuseMessage {
  type: 'refuse';
  transfer: TransferId;
  reason: RefusalReason;
}

/** Sender: others come first. Said again whenever it changes. */
export interface QueuedMessage extends QueuePlace {
  type: 'queued';
  transfer: TransferId;
}

/** Sender: I have this for you. Nothing moves before `accept`. Said on every new link until it has ended. */
export interface AnnounceMessage {
  type: 'announce';
  transfer: TransferId;
  title: string;
  itemCount: number;
  entryCount: number;
  totalBytes: number;
  /** Not all of it is here: `have` says what is, again and again. */
  isPartial: boolean;
}

/** Receiver: send me the manifest from this entry on. */
export interface ListMessage {
  type: 'list';
  transfer: TransferId;
  firstEntry: number;
}

/** Sender: a page of the manifest. */
export interface ManifestMessage {
  type: 'manifest';
  transfer: TransferId;
  firstEntry: number;
  entries: ManifestEntry[];
}

/**
 * Receiver: yes, to these entries. From here on chunks and entries are numbered within the chosen ones.
 * Said again on every new link and after a pause; another choice begins anew.
 */
export interface AcceptMessage {
  type: 'accept';
  transfer: TransferId;
  entries: Run[];
}
export interface DeclineMessage {
  type: 'decline';
  transfer: TransferId;
}

/** Receiver: send me these chunks. */
export interface RequestMessage {
  type: 'request';
  transfer: TransferId;
  chunks: Run[];
}

/** Sender: a chunk and the hash it was read with. */
export interface ChunkMessage {
  type: 'chunk';
  transfer: TransferId;
  index: number;
  hash: Uint8Array;
  bytes: Uint8Array;
}

/** Receiver: which hashes make up the content id of this entry, from this chunk of it on? */
export interface HashRequestMessage {
  type: 'hash-request';
  transfer: TransferId;
  entry: number;
  /** Counted within the entry. */
  firstChunk: number;
}

/** Sender: these, end to end. None at all: it cannot tell. */
export interface HashesMessage {
  type: 'hashes';
  transfer: TransferId;
  entry: number;
  firstChunk: number;
  hashes: Uint8Array;
}

/** I hold these chunks, verified, besides those I told of since the last `accept`. */
export interface HaveMessage {
  type: 'have';
  transfer: TransferId;
  chunks: Run[];
}

/** Receiver: I hold these entries whole and this is the root over their content ids. Sender, same message back: so do I. */
export interface CompleteMessage {
  type: 'complete';
  transfer: TransferId;
  firstEntry: number;
  entryCount: number;
  root: Uint8Array;
}

/** Why somebody stops for now: a wish, other transfers first, no room for more, or files that are not at hand. */
export type PauseReason = 'user' | 'queue' | 'space' | 'files';
/** Stop for now: whoever said `pause` says `resume`. Said again when the reason changes. */
export interface PauseMessage {
  type: 'pause';
  transfer: TransferId;
  reason: PauseReason;
}
export interface ResumeMessage {
  type: 'resume';
  transfer: TransferId;
}

/** Why somebody ended a transfer on purpose. */
export type CancelReason = 'user' | 'other-device';
export interface CancelMessage {
  type: 'cancel';
  transfer: TransferId;
  reason: CancelReason;
}

/** It cannot go on: an error, not a wish. */
export interface AbortMessage {
  type: 'abort';
  transfer: TransferId;
  code: ErrorCode;
  /** The entry concerned, counted within the chosen ones. */
  entry?: number;
}

/** What concerns the link itself; never seen above it. */
export type LinkMessage = HelloMessage | GrantMessage | PingMessage | PongMessage;

/** Why somebody does not serve what was asked for; a closed list. */
export type RefusalReason =
  /** There is no such thing, or not for whoever asks: one answer. */
  | 'not-found'
  /** The reference was good once: ask with a fresh one. */
  | 'expired'
  /** Too many are waiting already: ask later. */
  | 'queue-full'
  /** Its files are not at hand now: ask later. */
  | 'unreadable';

/** Where a transfer is in the queue of the side that serves. */
export interface QueuePlace {
  /** 1 is the next one to be served; 0 is being served. */
  position: number;
  /** How many wait, this one included. */
  waiting: number;
  /** How many are served at once. */
  slots: number;
}

/** What concerns one transfer. */
export type TransferMessage =
  | AskMessage
  | RefuseMessage
  | QueuedMessage
  | AnnounceMessage
  | ListMessage
  | ManifestMessage
  | AcceptMessage
  | DeclineMessage
  | RequestMessage
  | HashRequestMessage
  | HashesMessage
  | ChunkMessage
  | HaveMessage
  | CompleteMessage
  | PauseMessage
  | ResumeMessage
  | CancelMessage
  | AbortMessage;

export type Message = LinkMessage | TransferMessage;
