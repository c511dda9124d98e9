// Where a group's shards go while columns of it are made again: each stripe gives one shard of each of them. No key is
// needed. Knows not who is to have them.
import { hashChunk } from '../content/hash.ts';
import type { ChunkStore } from '../content/store.ts';
import type { ColumnBundle } from './column-bundle.ts';
import type { Kernel } from './kernel.ts';
import { rebuildColumns } from './rebuild-columns.ts';
import { STRIPES_PER_GROUP } from './stripe-geometry.ts';
import { type StripeSink, StripeStore } from './stripe-store.ts';

export interface RebuildingStoreOptions {
  /** Columns of one group, from which others are made. */
  readonly bundle: ColumnBundle;
  readonly kernel: Kernel;
  /** Columns that are made, by their index: each has a store for its chunks alone. */
  readonly made: ReadonlyMap<number, ChunkStore>;
}

/**
 * Holds a stripe when its shards are in the stores of all columns that are made. Whoever uses these checks them against
 * their content ids: a wrong column among the others would make all of them wrong.
 */
export class RebuildingStore extends StripeStore {
  constructor(options: RebuildingStoreOptions) {
    super(options.bundle, new RebuildingSink(options));
  }
}

class RebuildingSink implements StripeSink {
  readonly #options: RebuildingStoreOptions;

  constructor(options: RebuildingStoreOptions) {
    this.#options = options;
  }

  has(stripe: number): boolean {
    return this.#missing(stripe).length === 0;
  }

  async take(stripe: number, shards: ReadonlyMap<number, Uint8Array>): Promise<void> {
    const { bundle, kernel, made } = this.#options;
    const indexes = this.#missing(stripe);
    const rebuilt = rebuildColumns(bundle.geometry, kernel, stripe, shards, indexes);
    for (const [at, index] of indexes.entries()) {
      const shard = rebuilt[at]!;
      await made.get(index)!.write(stripe % STRIPES_PER_GROUP, shard, await hashChunk(shard));
    }
  }

  async flush(): Promise<void> {
    await Promise.all([...this.#options.made.values()].map((store) => store.flush()));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#options.made.values()].map((store) => store.close()));
  }

  /** Indexes whose shard of the stripe is to be made. */
  #missing(stripe: number): number[] {
    const { bundle, made } = this.#options;
    const isMissing = (index: number, store: ChunkStore) =>
      bundle.geometry.shardBytes(stripe, index) > 0 && !store.have.has(stripe % STRIPES_PER_GROUP);
    return [...made].filter(([index, store]) => isMissing(index, store)).map(([index]) => index);
  }
}
