// What the server and a thread of the catalog say to each other.
import type { CatalogRefusalCode } from '../catalog-refusal.ts';
import type { ChangeReach } from '../change-reach.ts';

export interface ThreadData {
  file: string;
  /** What the thread is for. */
  role: 'write' | 'read';
}

/**
 * What is asked and answered goes as JSON: of a page of many small arrays that takes a fifth of the time that copying them
 * as they are takes, and it is the server's own thread that copies.
 */
export type ToThread = { call: number; method: string; parametersJson: string } | 'close';

export type Answer =
  /** Undefined of what answers nothing. */
  | { call: number; resultJson: string | undefined }
  | { call: number; refused: CatalogRefusalCode }
  /** A fault of ours, in words for the log. */
  | { call: number; failed: string };

/** `changedFor`: something is different for these. `broken`: SQLite cannot make sense of the file any more. */
export type FromThread = Answer | { changedFor: ChangeReach } | 'broken';
