// Chunks that can stand for each other: all that the engine knows of a code of which any so many shards are enough.

export interface ChunkSets {
  /** They are numbered from 0 on, and fetched in that order. */
  readonly count: number;
  /** The chunks of a set, those first that are best to have. */
  chunksOf(set: number): readonly number[];
  setOf(chunk: number): number;
  /** Any so many of its chunks make all of it; at least one. */
  neededOf(set: number): number;
}
