// What is said about a bundle before any of it moves: what there is, and what of it is wanted. Knows no chunks.
import type { ManifestEntry } from '../content/manifest.ts';
import type { Run } from '../content/run.ts';
import type { TransferId } from './transfer-id.ts';

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

export type BundleMessage = AnnounceMessage | ListMessage | ManifestMessage | AcceptMessage | DeclineMessage;
