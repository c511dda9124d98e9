// What is held once a chunk was stored, the chunk alone or all of its set, and how many bytes that is of those that are
// needed. Knows no sources and no messages.
import { Bitfield, type ReadonlyBitfield } from '../content/bitfield.ts';
import type { ChunkSets } from '../content/chunk-sets.ts';
import type { BundleLayout } from '../content/layout.ts';
import { indexesOf } from '../content/run.ts';

export interface Landed {
  /** Held now, and not before. */
  readonly chunks: readonly number[];
  /** Of what is needed. */
  readonly bytes: number;
}

export interface LandedChunks {
  /** What is needed in all. */
  readonly totalBytes: number;
  /** What of it is held. */
  heldBytes(): number;
  /** @param chunk was stored, and was neither held nor kept before */
  stored(chunk: number): Landed;
  /** @returns the bytes that were counted of a set that does not fit together */
  rejected(set: number): number;
}

/** Where every chunk is needed. */
export class SingleChunks implements LandedChunks {
  readonly totalBytes: number;
  readonly #layout: BundleLayout;
  readonly #held: ReadonlyBitfield;

  constructor(layout: BundleLayout, held: ReadonlyBitfield) {
    this.totalBytes = layout.totalBytes;
    this.#layout = layout;
    this.#held = held;
  }

  heldBytes(): number {
    return sum(indexesOf(this.#held.runs()), (chunk) => this.#layout.lengthOf(chunk));
  }

  stored(chunk: number): Landed {
    return { chunks: [chunk], bytes: this.#layout.lengthOf(chunk) };
  }

  rejected(): number {
    return 0;
  }
}

/** Where of each set so many are needed: all of it is held at once, as soon as there are enough. */
export class LandedSets implements LandedChunks {
  readonly totalBytes: number;
  readonly #sets: ChunkSets;
  readonly #layout: BundleLayout;
  readonly #held: ReadonlyBitfield;
  /** Sets that are held. */
  readonly #whole: Bitfield;
  /** Bytes that were counted of sets that are not. */
  readonly #counted = new Map<number, number>();

  constructor(sets: ChunkSets, layout: BundleLayout, held: ReadonlyBitfield) {
    this.#sets = sets;
    this.#layout = layout;
    this.#held = held;
    this.#whole = new Bitfield(sets.count);
    this.totalBytes = 0;
    for (let set = 0; set < sets.count; set++) {
      this.totalBytes += this.#neededBytes(set);
      if (sets.chunksOf(set).every((chunk) => held.has(chunk))) this.#whole.set(set);
    }
  }

  heldBytes(): number {
    return sum(indexesOf(this.#whole.runs()), (set) => this.#neededBytes(set));
  }

  stored(chunk: number): Landed {
    const set = this.#sets.setOf(chunk);
    if (this.#whole.has(set)) return { chunks: [], bytes: 0 };
    const counted = this.#counted.get(set) ?? 0;
    const missing = this.#neededBytes(set) - counted;
    if (!this.#held.has(chunk)) {
      const bytes = Math.min(missing, this.#layout.lengthOf(chunk));
      this.#counted.set(set, counted + bytes);
      return { chunks: [], bytes };
    }
    this.#whole.set(set);
    this.#counted.delete(set);
    return { chunks: this.#sets.chunksOf(set), bytes: missing };
  }

  rejected(set: number): number {
    const counted = this.#counted.get(set) ?? 0;
    this.#counted.delete(set);
    return counted;
  }

  /** Those that are best to have; others of a set may be longer. */
  #neededBytes(set: number): number {
    return sum(this.#sets.chunksOf(set).slice(0, this.#sets.neededOf(set)), (chunk) => this.#layout.lengthOf(chunk));
  }
}

function sum(values: Iterable<number>, bytesOf: (value: number) => number): number {
  let bytes = 0;
  for (const value of values) bytes += bytesOf(value);
  return bytes;
}
