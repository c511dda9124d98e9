// What moves an accepted bundle: chunks are asked for, come, are held, and both sides compare what they have. Knows
// entries and chunks as numbers only.
import type { Run } from '../content/run.ts';
import type { TransferId } from './transfer-id.ts';

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

export type PullMessage =
  | RequestMessage
  | ChunkMessage
  | HashRequestMessage
  | HashesMessage
  | HaveMessage
  | CompleteMessage;
