// Which columns are here, as a disk remembers it: the port that applications implement. Knows no bytes; those are in the
// column's own chunk store.
import type { Column } from '@ferry/shared';
import type { ChunkStoreProvider } from '@ferry/webrtc-core';

export type ColumnState =
  /** Some of it may be here. */
  | 'fetching'
  /** All of it is here, durably; the server has no receipt yet. */
  | 'fetched'
  /** The server has the receipt. */
  | 'held'
  /** A repair makes it: some of it may be here. */
  | 'making'
  /** Made by a repair, for those who are to keep it. */
  | 'made';

export interface ColumnRecord {
  readonly column: Column;
  readonly sizeBytes: number;
  /** Known beforehand, or once all of it is here: base64url. */
  readonly contentId: string | null;
  readonly state: ColumnState;
  /** Of this state, milliseconds since the epoch. */
  readonly sinceMs: number;
}

/** Durable when a promise resolves: what is lost here is lost, whatever the stores still have. */
export interface ColumnRecords {
  all(): Promise<ColumnRecord[]>;
  /** In place of the one of the same column. */
  put(record: ColumnRecord): Promise<void>;
  /** No error when there is none. */
  remove(column: Column): Promise<void>;
}

/** One store a column, by its key; {@link columnKey}. */
export interface ColumnStores extends ChunkStoreProvider {
  /** Keys of all that have a store, whole or not. */
  list(): Promise<string[]>;
}
