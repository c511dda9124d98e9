// What the server and a thread of the catalog say to each other.
import type { CatalogRefusalCode } from '../catalog-refusal.ts';

export interface ThreadData {
  file: string;
  /** What the thread is for. */
  role: 'write' | 'read';
}

export type ToThread = { call: number; method: string; parameters: readonly unknown[] } | 'close';

export type Answer =
  | { call: number; result: unknown }
  | { call: number; refused: CatalogRefusalCode }
  /** A fault of ours, in words for the log. */
  | { call: number; failed: string };

/** `changed`: something is different for whoever looks. `broken`: SQLite cannot make sense of the file any more. */
export type FromThread = Answer | 'changed' | 'broken';
