// Open stores of columns that are read, a few at a time: a column may be read for several devices at once, and a disk gives
// a file to one only. Knows no records but what a store must be opened with.
import { type ChunkStore, ContentError } from '@ferry/webrtc-core';
import { columnKey } from './column-key.ts';
import { columnLayout, type DescribedColumn } from './column-manifest.ts';
import type { ColumnStores } from './column-records.ts';

/** Each is two file handles in a browser. */
const MOST_OPEN = 24;

interface OpenColumn {
  store: Promise<ChunkStore>;
  readers: number;
  /** It is to be closed: nobody reads from it any more who did not begin before. */
  closing: Promise<void> | undefined;
  whenIdle: (() => void) | undefined;
}

export class OpenColumns {
  readonly #stores: ColumnStores;
  /** Least recently read first. */
  readonly #open = new Map<string, OpenColumn>();

  constructor(stores: ColumnStores) {
    this.#stores = stores;
  }

  /** @throws ContentError `store-failed`, and whatever `read` throws */
  async use<Result>(column: DescribedColumn, read: (store: ChunkStore) => Promise<Result>): Promise<Result> {
    const key = columnKey(column.column);
    for (let known = this.#open.get(key); known?.closing; known = this.#open.get(key)) await known.closing;
    const open = this.#open.get(key) ?? this.#opened(column);
    this.#open.delete(key);
    this.#open.set(key, open);
    open.readers++;
    try {
      return await read(await open.store);
    } finally {
      open.readers--;
      if (open.readers === 0) open.whenIdle?.();
      this.#closeSpare();
    }
  }

  /** Resolves when nobody has its files open: it may be deleted, or written. */
  async close(key: string): Promise<void> {
    const open = this.#open.get(key);
    if (!open) return;
    open.closing ??= this.#close(key, open);
    await open.closing;
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#open.keys()].map((key) => this.close(key)));
  }

  #opened(column: DescribedColumn): OpenColumn {
    const key = columnKey(column.column);
    const store = this.#stores.open(key, columnLayout(column)).catch((error: unknown) => {
      this.#open.delete(key);
      throw error instanceof ContentError ? error : ContentError.storeFailed(error);
    });
    return { store, readers: 0, closing: undefined, whenIdle: undefined };
  }

  async #close(key: string, open: OpenColumn): Promise<void> {
    if (open.readers > 0) await new Promise<void>((resolve) => (open.whenIdle = resolve));
    // Nothing was written: there is nothing that could not be flushed.
    await open.store.then((store) => store.close()).catch(() => {});
    this.#open.delete(key);
  }

  #closeSpare(): void {
    let spare = this.#open.size - MOST_OPEN;
    for (const [key, { readers, closing }] of this.#open) {
      if (spare <= 0) return;
      if (readers > 0 || closing) continue;
      void this.close(key);
      spare--;
    }
  }
}
