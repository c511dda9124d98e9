// Keeps shards in memory until a stripe has enough of them, and hands those on; then all shards of the stripe count as
// held. Knows not what is made of them.
import { Bitfield } from '../content/bitfield.ts';
import type { ChunkStore } from '../content/store.ts';
import { ContentError } from '../errors.ts';
import type { ColumnBundle } from './column-bundle.ts';
import { Permits } from './permits.ts';
import { StripeRejected } from './stripe-rejected.ts';
import { StripeSets } from './stripe-sets.ts';

/** What is made of a stripe, and where that goes. */
export interface StripeSink {
  /** Whether all that would be made of it is there. */
  has(stripe: number): boolean;
  /**
   * Takes as many shards, by their index, as the stripe needs.
   * @throws ContentError `chunk-corrupt` when they do not fit together, `store-full` or `store-failed`
   */
  take(stripe: number, shards: ReadonlyMap<number, Uint8Array>): Promise<void>;
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** One is computed while another one is written; each takes as much memory again as its shards. */
const STRIPES_AT_ONCE = 2;

export class StripeStore implements ChunkStore {
  readonly have: Bitfield;
  readonly #bundle: ColumnBundle;
  readonly #sets: StripeSets;
  readonly #sink: StripeSink;
  /** Of stripes that have not enough yet: shards by their index. */
  readonly #shards = new Map<number, Map<number, Uint8Array>>();
  readonly #underWay = new Map<number, Promise<void>>();
  readonly #permits = new Permits(STRIPES_AT_ONCE);
  #keptBytes = 0;
  #closed = false;

  constructor(bundle: ColumnBundle, sink: StripeSink) {
    this.#bundle = bundle;
    this.#sets = new StripeSets(bundle);
    this.#sink = sink;
    this.have = new Bitfield(bundle.layout.chunkCount);
    for (let set = 0; set < this.#sets.count; set++) if (sink.has(this.#sets.stripeOf(set))) this.#hold(set);
  }

  /** What shards take in memory. */
  get keptBytes(): number {
    return this.#keptBytes;
  }

  /** What was fetched is kept as something else, and never asked for by its hash. */
  hashOf(): undefined {
    return undefined;
  }

  /** @throws ContentError `store-failed`: shards are not kept, but what is made of them */
  async read(): Promise<Uint8Array> {
    throw ContentError.storeFailed();
  }

  async write(chunk: number, bytes: Uint8Array): Promise<void> {
    if (this.#closed) throw ContentError.storeFailed();
    if (this.have.has(chunk)) return;
    const { stripe, index } = this.#bundle.placeOf(chunk);
    this.#keep(stripe, index, bytes);
    // Should that fail, it is said where it was begun, and this shard may be what is lacking.
    while (this.#underWay.has(stripe)) await this.#underWay.get(stripe)!.catch(() => {});
    const set = this.#sets.setOfStripe(stripe);
    const isEnough = (this.#shards.get(stripe)?.size ?? 0) >= this.#sets.neededOf(set);
    if (!isEnough || this.#closed) return;
    const underWay = this.#permits.use(() => this.#handOn(set, stripe)).finally(() => this.#underWay.delete(stripe));
    this.#underWay.set(stripe, underWay);
    try {
      await underWay;
    } catch (error) {
      // It counts as not written.
      this.#forget(stripe, [index]);
      throw error;
    }
  }

  async flush(): Promise<void> {
    await Promise.allSettled(this.#underWay.values());
    await this.#sink.flush();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.allSettled(this.#underWay.values());
    this.#shards.clear();
    this.#keptBytes = 0;
    await this.#sink.close();
  }

  async #handOn(set: number, stripe: number): Promise<void> {
    const shards = this.#shards.get(stripe)!;
    // Data shards first: what is there need not be made.
    const indexes = [...shards.keys()].sort((a, b) => a - b).slice(0, this.#sets.neededOf(set));
    try {
      await this.#sink.take(stripe, new Map(indexes.map((index) => [index, shards.get(index)!])));
    } catch (error) {
      if (!(error instanceof ContentError) || error.code !== 'chunk-corrupt') throw error;
      this.#forget(stripe, indexes);
      const chunks = this.#bundle.shardsOf(stripe);
      throw new StripeRejected({ set, stripe, indexes, chunks: indexes.map((index) => chunks.get(index)!) }, error);
    }
    this.#forget(stripe, [...shards.keys()]);
    this.#hold(set);
  }

  #keep(stripe: number, index: number, bytes: Uint8Array): void {
    const shards = this.#shards.get(stripe) ?? new Map<number, Uint8Array>();
    this.#shards.set(stripe, shards);
    if (shards.has(index)) return;
    shards.set(index, bytes.slice());
    this.#keptBytes += bytes.length;
  }

  #forget(stripe: number, indexes: Iterable<number>): void {
    const shards = this.#shards.get(stripe);
    for (const index of indexes) {
      this.#keptBytes -= shards?.get(index)?.length ?? 0;
      shards?.delete(index);
    }
    if (shards?.size === 0) this.#shards.delete(stripe);
  }

  #hold(set: number): void {
    for (const chunk of this.#sets.chunksOf(set)) this.have.set(chunk);
  }
}
