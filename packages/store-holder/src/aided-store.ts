// Puts shards of columns that are here beside those that others give, so that these are enough sooner. What becomes of a
// stripe that has enough is another store's business.
import { Bitfield, type ChunkStore, ContentError } from '@ferry/webrtc-core';
import type { ColumnBundle } from '@ferry/webrtc-core/erasure';

/** A column's chunk, by its place in the group. */
export type ReadShard = (at: number) => Promise<Uint8Array>;

export interface AidedStoreOptions {
  /** Columns of others: chunks are numbered in it. */
  bundle: ColumnBundle;
  /** With the columns that are here. */
  all: ColumnBundle;
  /** In the numbers of `all`. */
  store: ChunkStore;
  here: ReadonlyMap<number, ReadShard>;
}

export class AidedStore implements ChunkStore {
  readonly have: Bitfield;
  readonly #options: AidedStoreOptions;
  /** Stripes that were given what is here. */
  readonly #aided = new Map<number, Promise<void>>();
  readonly #firstStripe: number;
  readonly #stripeCount: number;

  constructor(options: AidedStoreOptions) {
    const { bundle, all } = options;
    this.#options = options;
    this.have = new Bitfield(bundle.layout.chunkCount);
    const { first, count } = all.geometry.stripesOf(all.groups[0]!);
    this.#firstStripe = first;
    this.#stripeCount = count;
    for (let stripe = first; stripe < first + count; stripe++) this.#note(stripe);
  }

  /** Makes what needs nobody else. */
  async fill(): Promise<void> {
    const { geometry } = this.#options.all;
    for (let stripe = this.#firstStripe; stripe < this.#firstStripe + this.#stripeCount; stripe++) {
      const here = [...this.#options.here.keys()].filter((index) => geometry.shardBytes(stripe, index) > 0);
      if (here.length >= geometry.chunksOf(stripe).count) await this.#aid(stripe);
      this.#note(stripe);
    }
  }

  /** All that is to be made is. */
  get isWhole(): boolean {
    const stripes = Array.from({ length: this.#stripeCount }, (_, at) => this.#firstStripe + at);
    return stripes.every((stripe) => this.#isHeld(stripe));
  }

  hashOf(): undefined {
    return undefined;
  }

  /** @throws ContentError `store-failed`: shards are not kept */
  async read(): Promise<Uint8Array> {
    throw ContentError.storeFailed();
  }

  async write(chunk: number, bytes: Uint8Array, hash: Uint8Array): Promise<void> {
    const { bundle, all, store } = this.#options;
    const { stripe, index } = bundle.placeOf(chunk);
    await this.#aid(stripe);
    await store.write(all.shardsOf(stripe).get(index)!, bytes, hash);
    this.#note(stripe);
  }

  async flush(): Promise<void> {
    await this.#options.store.flush();
  }

  async close(): Promise<void> {
    await this.#options.store.close();
  }

  #aid(stripe: number): Promise<void> {
    const known = this.#aided.get(stripe);
    if (known) return known;
    const aided = this.#giveWhatIsHere(stripe);
    this.#aided.set(stripe, aided);
    // Whatever it was, it is tried again with the next shard.
    aided.catch(() => this.#aided.delete(stripe));
    return aided;
  }

  async #giveWhatIsHere(stripe: number): Promise<void> {
    const { all, store, here } = this.#options;
    for (const [index, chunk] of all.shardsOf(stripe)) {
      const read = here.get(index);
      // The hash is for what is kept as it came.
      if (read) await store.write(chunk, await read(stripe - this.#firstStripe), new Uint8Array(0));
    }
  }

  #note(stripe: number): void {
    if (!this.#isHeld(stripe)) return;
    this.#aided.delete(stripe);
    for (const chunk of this.#options.bundle.shardsOf(stripe).values()) this.have.set(chunk);
  }

  /** All shards of a stripe are held at once. */
  #isHeld(stripe: number): boolean {
    const [chunk] = this.#options.all.shardsOf(stripe).values();
    return chunk !== undefined && this.#options.store.have.has(chunk);
  }
}
