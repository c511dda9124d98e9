// The columns that are here: their records, which are in memory too, and their bytes for whoever reads them. Knows no server
// and no device.
import type { Column } from '@ferry/shared';
import { type ChunkStore, ContentError, Emitter } from '@ferry/webrtc-core';
import { ColumnIndex, isWhole } from './column-index.ts';
import { columnKey } from './column-key.ts';
import { columnEntry } from './column-manifest.ts';
import type { ColumnRecord, ColumnRecords, ColumnState, ColumnStores } from './column-records.ts';
import { chunkHashesOf, contentIdIn, isIntact } from './intact-column.ts';
import { OpenColumns } from './open-columns.ts';
import type { ServedColumn, ServedColumns } from './served-column.ts';

/** A disk that cannot be read for a moment has lost nothing; one that cannot be read so often is of no use to anybody. */
const MOST_FAILURES = 3;

export interface ColumnShelfEvents {
  /** Something came, went, or is in another state. */
  change: undefined;
  /** It was here, and its bytes are not what they were. */
  lost: Column;
}

export interface ShelfTotals {
  /** Whole ones. */
  readonly columnCount: number;
  /** Of whole columns. */
  readonly keptBytes: number;
  /** What is not here yet. */
  readonly comingBytes: number;
  /** With what is on its way, as if it were here. */
  readonly usedBytes: number;
}

export class ColumnShelf implements ServedColumns {
  readonly events = new Emitter<ColumnShelfEvents>();
  readonly stores: ColumnStores;
  readonly #records: ColumnRecords;
  readonly #open: OpenColumns;
  readonly #columns = new ColumnIndex();
  /** How often a column could not be read at all. */
  readonly #failures = new Map<string, number>();
  #turn: Promise<void> = Promise.resolve();

  private constructor(records: ColumnRecords, stores: ColumnStores) {
    this.#records = records;
    this.stores = stores;
    this.#open = new OpenColumns(stores);
  }

  /** With what is on the disk; what is there only in part, because a program or a disk went down, goes. */
  static async open(records: ColumnRecords, stores: ColumnStores): Promise<ColumnShelf> {
    const shelf = new ColumnShelf(records, stores);
    const [known, stored] = await Promise.all([records.all(), stores.list()]);
    const unknown = new Set(stored);
    for (const record of known) {
      const key = columnKey(record.column);
      if (unknown.delete(key) || !isWhole(record)) shelf.#columns.put(record);
      else await records.remove(record.column);
    }
    for (const key of unknown) await stores.delete(key);
    return shelf;
  }

  get(column: Column): ColumnRecord | undefined {
    return this.#columns.get(columnKey(column));
  }

  /** All of it is here. */
  isWhole(column: Column): boolean {
    const record = this.get(column);
    return record !== undefined && isWhole(record);
  }

  has(key: string): boolean {
    return this.#columns.has(key);
  }

  all(): ColumnRecord[] {
    return this.#columns.all();
  }

  in(...states: readonly ColumnState[]): ColumnRecord[] {
    return states.flatMap((state) => this.#columns.in(state));
  }

  get totals(): ShelfTotals {
    const { wholeCount: columnCount, wholeBytes: keptBytes, partialBytes: comingBytes } = this.#columns;
    return { columnCount, keptBytes, comingBytes, usedBytes: keptBytes + comingBytes };
  }

  /** What is kept of each, the largest first. */
  versions(): { versionId: string; bytes: number }[] {
    return this.#columns.versions();
  }

  /** @throws what the records throw; it is as it was then */
  async put(record: Omit<ColumnRecord, 'sinceMs'>): Promise<void> {
    const dated = { ...record, sinceMs: Date.now() };
    await this.#inTurn(async () => {
      await this.#records.put(dated);
      this.#columns.put(dated);
    });
    this.events.emit('change', undefined);
  }

  /** The record first: it never says that something is here that is not. */
  async delete(column: Column): Promise<void> {
    const key = columnKey(column);
    await this.#inTurn(async () => {
      await this.#records.remove(column);
      this.#columns.delete(key);
      this.#failures.delete(key);
      await this.#open.close(key);
      await this.stores.delete(key);
    });
    this.events.emit('change', undefined);
  }

  find: ServedColumns['find'] = async (versionId, isAsked) => {
    const ofVersion = this.#columns.ofVersion(versionId);
    const found = ofVersion.filter((record) => isWhole(record) && isAsked(record.column));
    return found.map((record) => this.#served(record));
  };

  /** Reads from it; @throws ContentError `store-failed` when it is not here any more */
  async read<Result>(record: ColumnRecord, read: (store: ChunkStore) => Promise<Result>): Promise<Result> {
    // Opening the store of what was deleted would make it anew.
    if (!this.has(columnKey(record.column))) throw ContentError.storeFailed();
    return this.#open.use(record, read);
  }

  /**
   * What its chunks are together, by the hashes that they were kept with; undefined while one is not here. Nobody has its
   * files open afterwards: it may be written again.
   * @throws ContentError `store-failed`
   */
  async contentIdOf(record: ColumnRecord): Promise<string | undefined> {
    try {
      return await this.read(record, async (store) => contentIdIn(store, record));
    } finally {
      await this.#open.close(columnKey(record.column));
    }
  }

  /** Looks at every byte of a column that could not be read, or was not what it should be; deletes it if so. */
  async check(column: Column): Promise<void> {
    const key = columnKey(column);
    const record = this.get(column);
    if (!record || !isWhole(record)) return;
    const intact = await this.read(record, (store) => isIntact(store, record)).catch(() => undefined);
    const failures = intact === undefined ? (this.#failures.get(key) ?? 0) + 1 : 0;
    this.#failures.set(key, failures);
    const isOfUse = intact || (failures > 0 && failures < MOST_FAILURES);
    if (isOfUse || this.get(column)?.contentId !== record.contentId) return;
    await this.delete(column);
    this.events.emit('lost', column);
  }

  async close(): Promise<void> {
    await this.#inTurn(() => this.#open.closeAll());
  }

  /** One change after the other: what is deleted is not put back by what began before. */
  #inTurn(change: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(change);
    this.#turn = done.catch(() => {});
    return done;
  }

  #served(record: ColumnRecord): ServedColumn {
    let hashes: Promise<Uint8Array | undefined> | undefined;
    return {
      column: record.column,
      isForKeepers: record.state === 'made',
      entry: columnEntry(record),
      source: { read: (chunk) => this.read(record, (store) => store.read(chunk)) },
      hashes: () => {
        hashes ??= this.read(record, async (store) => chunkHashesOf(store, record)).catch((error: unknown) => {
          hashes = undefined;
          throw error;
        });
        return hashes;
      },
    };
  }
}
