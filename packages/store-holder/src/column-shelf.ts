// The columns that are here: their records, which are in memory too, and their bytes for whoever reads them. Knows no server
// and no device.
import type { Column } from '@ferry/shared';
import { type ChunkStore, ContentError, Emitter } from '@ferry/webrtc-core';
import { columnKey } from './column-key.ts';
import { columnEntry } from './column-manifest.ts';
import type { ColumnRecord, ColumnRecords, ColumnState, ColumnStores } from './column-records.ts';
import { chunkHashesOf, isIntact } from './intact-column.ts';
import { OpenColumns } from './open-columns.ts';
import type { ServedColumn, ServedColumns } from './served-column.ts';

/** All of it is here. */
export const WHOLE = ['fetched', 'held', 'made'] as const satisfies readonly ColumnState[];

const PARTIAL: ReadonlySet<ColumnState> = new Set(['fetching', 'making']);

export interface ColumnShelfEvents {
  /** Something came, went, or is in another state. */
  change: undefined;
  /** It was here, and its bytes are not what they were. */
  lost: Column;
}

export class ColumnShelf implements ServedColumns {
  readonly events = new Emitter<ColumnShelfEvents>();
  readonly stores: ColumnStores;
  readonly #records: ColumnRecords;
  readonly #open: OpenColumns;
  readonly #columns = new Map<string, ColumnRecord>();
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
      if (unknown.delete(key) || PARTIAL.has(record.state)) shelf.#columns.set(key, record);
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
    return record !== undefined && !PARTIAL.has(record.state);
  }

  has(key: string): boolean {
    return this.#columns.has(key);
  }

  all(): ColumnRecord[] {
    return [...this.#columns.values()];
  }

  in(...states: readonly ColumnState[]): ColumnRecord[] {
    return this.all().filter(({ state }) => states.includes(state));
  }

  /** With what is on its way, as if it were here. */
  get usedBytes(): number {
    return bytesOf(this.all());
  }

  /** What is not here yet. */
  get comingBytes(): number {
    return bytesOf(this.in('fetching', 'making'));
  }

  /** Of whole columns. */
  get keptBytes(): number {
    return bytesOf(this.in(...WHOLE));
  }

  /** @throws what the records throw; it is as it was then */
  async put(record: Omit<ColumnRecord, 'sinceMs'>): Promise<void> {
    const dated = { ...record, sinceMs: Date.now() };
    await this.#inTurn(async () => {
      await this.#records.put(dated);
      this.#columns.set(columnKey(record.column), dated);
    });
    this.events.emit('change', undefined);
  }

  /** The record first: it never says that something is here that is not. */
  async delete(column: Column): Promise<void> {
    const key = columnKey(column);
    await this.#inTurn(async () => {
      await this.#records.remove(column);
      this.#columns.delete(key);
      await this.#open.close(key);
      await this.stores.delete(key);
    });
    this.events.emit('change', undefined);
  }

  find: ServedColumns['find'] = async (versionId, isAsked) => {
    const found = this.all().filter(({ column, state }) => {
      return !PARTIAL.has(state) && column.versionId === versionId && isAsked(column);
    });
    return found.map((record) => this.#served(record));
  };

  /** Reads from it; @throws ContentError `store-failed` when it is not here any more */
  async read<Result>(record: ColumnRecord, read: (store: ChunkStore) => Promise<Result>): Promise<Result> {
    // Opening the store of what was deleted would make it anew.
    if (!this.has(columnKey(record.column))) throw ContentError.storeFailed();
    return this.#open.use(record, read);
  }

  /** Looks at every byte of a column that could not be read, or was not what it should be; deletes it if so. */
  async check(column: Column): Promise<void> {
    const record = this.get(column);
    if (!record || PARTIAL.has(record.state)) return;
    const intact = await this.read(record, (store) => isIntact(store, record)).catch(() => false);
    if (intact || this.get(column) !== record) return;
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

function bytesOf(records: readonly ColumnRecord[]): number {
  return records.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}
