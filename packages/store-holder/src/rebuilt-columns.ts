// Columns of a group that are made again, and those they are made from, as far as this device has them: opens their stores,
// and checks what was made. Knows no devices.
import { type ChunkStore, ContentError } from '@ferry/webrtc-core';
import { type Kernel, RebuildingStore } from '@ferry/webrtc-core/erasure';
import { AidedStore, type ReadShard } from './aided-store.ts';
import { columnKey } from './column-key.ts';
import { columnLayout, type DescribedColumn } from './column-manifest.ts';
import type { ColumnShelf } from './column-shelf.ts';
import { readIntact } from './intact-column.ts';
import { bundleOf, columnIn, describedIn, type RepairDuty } from './repair-duty.ts';

export class RebuiltColumns {
  /** Whole columns of the group that are here. */
  readonly here: ReadonlyMap<number, ReadShard>;
  readonly #duty: RepairDuty;
  readonly #shelf: ColumnShelf;
  /** Those that are not here yet. */
  readonly #make: readonly DescribedColumn[];

  constructor(duty: RepairDuty, shelf: ColumnShelf) {
    this.#duty = duty;
    this.#shelf = shelf;
    this.here = columnsHere(duty, shelf);
    this.#make = duty.make.map((column) => describedIn(duty, column)).filter(({ column }) => !shelf.isWhole(column));
  }

  /** Others have it, and it is neither here nor to be made. */
  isAsked(index: number): boolean {
    return !this.here.has(index) && !this.#duty.make.some((column) => column.index === index);
  }

  /** Columns of others. */
  bundle(): ReturnType<typeof bundleOf> {
    return bundleOf(this.#duty, (index) => this.isAsked(index));
  }

  /** Before their stores are made: a store that nobody remembers is deleted. */
  async begin(): Promise<void> {
    for (const column of this.#make) {
      if (!this.#shelf.get(column.column)) await this.#shelf.put({ ...column, state: 'making' });
    }
  }

  /** Takes shards in the numbers of {@link bundle}. @throws ContentError `store-full` or `store-failed` */
  async open(kernel: Kernel): Promise<AidedStore> {
    const all = bundleOf(this.#duty, (index) => this.isAsked(index) || this.here.has(index));
    const bundle = this.bundle();
    const store = new RebuildingStore({ bundle: all, kernel, made: await this.#openMade() });
    return new AidedStore({ bundle, all, store, here: this.here });
  }

  /** What was made counts only when it is what it was. @returns whether all of it is */
  async keep(): Promise<boolean> {
    for (const { column, contentId } of this.#make) {
      const record = this.#shelf.get(column);
      const found = record && (await this.#shelf.contentIdOf(record));
      if (!record || found !== contentId) return false;
      await this.#shelf.put({ ...record, state: 'made' });
    }
    return true;
  }

  /** Nothing came of it: those that are here may be damaged, and are deleted if so. */
  async checkHere(): Promise<void> {
    for (const index of this.here.keys()) await this.#shelf.check(columnIn(this.#duty, index)).catch(() => {});
  }

  /** All of them are open then, or none. */
  async #openMade(): Promise<Map<number, ChunkStore>> {
    const opening = this.#make.map(async (column) => {
      const store = await this.#shelf.stores.open(columnKey(column.column), columnLayout(column));
      return [column.column.index, store] as const;
    });
    try {
      return new Map(await Promise.all(opening));
    } catch (error) {
      for (const opened of await Promise.allSettled(opening)) {
        if (opened.status === 'fulfilled') await opened.value[1].close().catch(() => {});
      }
      throw error;
    }
  }
}

function columnsHere(duty: RepairDuty, shelf: ColumnShelf): Map<number, ReadShard> {
  const here = new Map<number, ReadShard>();
  for (const { index } of duty.sources) {
    const column = columnIn(duty, index);
    const record = shelf.isWhole(column) ? shelf.get(column) : undefined;
    if (record) here.set(index, (at) => shelf.read(record, (store) => intactShard(store, at)));
  }
  return here;
}

/** One bit of it that a disk has changed would be in all that is made of it. @throws ContentError `store-failed` */
async function intactShard(store: ChunkStore, at: number): Promise<Uint8Array> {
  const shard = await readIntact(store, at);
  if (!shard) throw ContentError.storeFailed();
  return shard;
}
