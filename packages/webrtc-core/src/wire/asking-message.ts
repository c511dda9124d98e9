// How a receiver asks for what nobody announced to it, and what it is told until it is its turn. What a reference says is
// between applications.
import type { TransferId } from './transfer-id.ts';

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

/** Sender: others come first. Said again whenever it changes. */
export interface QueuedMessage extends QueuePlace {
  type: 'queued';
  transfer: TransferId;
}

/** Where a transfer is in the queue of the side that serves. */
export interface QueuePlace {
  /** 1 is the next one to be served; 0 is being served. */
  position: number;
  /** How many wait, this one included. */
  waiting: number;
  /** How many are served at once. */
  slots: number;
}

export type AskingMessage = AskMessage | RefuseMessage | QueuedMessage;
