// Stripes as sets of chunks of which as many are enough as the stripe has data. Pure.
import type { ChunkSets } from '../content/chunk-sets.ts';
import type { ColumnBundle } from './column-bundle.ts';
import { STRIPES_PER_GROUP } from './stripe-geometry.ts';

/** Of the groups that the bundle has columns of, in their order. */
export class StripeSets implements ChunkSets {
  readonly count: number;
  readonly #bundle: ColumnBundle;
  /** Where each group comes in the order. */
  readonly #places: ReadonlyMap<number, number>;

  constructor(bundle: ColumnBundle) {
    const { groups, geometry } = bundle;
    this.#bundle = bundle;
    this.#places = new Map(groups.map((group, place) => [group, place]));
    this.count = groups.reduce((sum, group) => sum + geometry.stripesOf(group).count, 0);
  }

  chunksOf(set: number): readonly number[] {
    return [...this.#bundle.shardsOf(this.stripeOf(set)).values()];
  }

  setOf(chunk: number): number {
    return this.setOfStripe(this.#bundle.placeOf(chunk).stripe);
  }

  neededOf(set: number): number {
    return this.#bundle.geometry.chunksOf(this.stripeOf(set)).count;
  }

  stripeOf(set: number): number {
    // Only the last group of a file has fewer stripes, and it is the last one here, too.
    const group = this.#bundle.groups[Math.floor(set / STRIPES_PER_GROUP)]!;
    return group * STRIPES_PER_GROUP + (set % STRIPES_PER_GROUP);
  }

  setOfStripe(stripe: number): number {
    const group = Math.floor(stripe / STRIPES_PER_GROUP);
    return this.#places.get(group)! * STRIPES_PER_GROUP + (stripe % STRIPES_PER_GROUP);
  }
}
