// Which sets of chunks are fetched now: the first that is not held and a few beyond it, in order. Knows no sources.
import { Bitfield, type ReadonlyBitfield } from '../content/bitfield.ts';
import type { ChunkSets } from '../content/chunk-sets.ts';
import { SetUnderWay } from './set-under-way.ts';

/** Beyond the first set that is not held: enough to keep all sources busy. What came of each takes memory. */
export const LOOK_AHEAD_SETS = 4;

export class SetWindow {
  readonly #sets: ChunkSets;
  readonly #whole: Bitfield;
  readonly #underWay = new Map<number, SetUnderWay>();
  /** The first set that was not told of by `takeUpcoming`. */
  #upcoming = 0;
  /** The first that is not held; -1 when all are. */
  #first: number;

  constructor(sets: ChunkSets, held: ReadonlyBitfield) {
    this.#sets = sets;
    this.#whole = new Bitfield(sets.count);
    for (let set = 0; set < sets.count; set++) {
      if (sets.chunksOf(set).every((chunk) => held.has(chunk))) this.#whole.set(set);
    }
    this.#first = this.#whole.nextClear();
  }

  /** Those that are not held, in order. */
  sets(): SetUnderWay[] {
    const open: SetUnderWay[] = [];
    for (
      let set = this.#first;
      set !== -1 && set <= this.#first + LOOK_AHEAD_SETS;
      set = this.#whole.nextClear(set + 1)
    ) {
      open.push(this.at(set));
    }
    return open;
  }

  /** Whether a chunk is of one of them. */
  isOpen(chunk: number): boolean {
    const set = this.#sets.setOf(chunk);
    return !this.#whole.has(set) && this.#first !== -1 && set <= this.#first + LOOK_AHEAD_SETS;
  }

  /** None beyond it lacks anything. */
  isLast(set: number): boolean {
    return this.#whole.nextClear(set + 1) === -1;
  }

  /** The set of a chunk; undefined when all of it is held. */
  with(chunk: number): SetUnderWay | undefined {
    const set = this.#sets.setOf(chunk);
    return this.#whole.has(set) ? undefined : this.at(set);
  }

  at(set: number): SetUnderWay {
    const known = this.#underWay.get(set);
    const underWay = known ?? new SetUnderWay(set, this.#sets.chunksOf(set), this.#sets.neededOf(set));
    this.#underWay.set(set, underWay);
    return underWay;
  }

  isKept(chunk: number): boolean {
    return this.#underWay.get(this.#sets.setOf(chunk))?.kept.has(chunk) ?? false;
  }

  landed(set: number): void {
    this.#whole.set(set);
    this.#underWay.delete(set);
    if (set === this.#first) this.#first = this.#whole.nextClear(set);
  }

  /** Chunks that may be asked for now and were not told of here before. */
  takeUpcoming(): readonly number[] {
    const upcoming = this.sets().filter(({ set }) => set >= this.#upcoming);
    this.#upcoming = (upcoming.at(-1)?.set ?? this.#upcoming - 1) + 1;
    return upcoming.flatMap(({ chunks }) => chunks);
  }
}
