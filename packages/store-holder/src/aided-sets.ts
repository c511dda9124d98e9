// Stripes of which some shards are here already: so many fewer are needed of others. Pure.
import type { ChunkSets } from '@ferry/webrtc-core';
import { type ColumnBundle, StripeSets } from '@ferry/webrtc-core/erasure';

export class AidedSets implements ChunkSets {
  readonly #sets: StripeSets;
  readonly #bundle: ColumnBundle;
  readonly #here: readonly number[];

  /** @param bundle columns of others @param here indexes of those that are here */
  constructor(bundle: ColumnBundle, here: readonly number[]) {
    this.#sets = new StripeSets(bundle);
    this.#bundle = bundle;
    this.#here = here;
  }

  get count(): number {
    return this.#sets.count;
  }

  chunksOf(set: number): readonly number[] {
    return this.#sets.chunksOf(set);
  }

  setOf(chunk: number): number {
    return this.#sets.setOf(chunk);
  }

  /** At least one, also of a stripe that needs none: whoever has the columns makes that one beforehand. */
  neededOf(set: number): number {
    const { geometry } = this.#bundle;
    const stripe = this.#sets.stripeOf(set);
    const here = this.#here.filter((index) => geometry.shardBytes(stripe, index) > 0).length;
    return Math.max(1, this.#sets.neededOf(set) - here);
  }
}
