// Sets across entries of the same number of chunks: each set has one chunk of every entry. For tests.
import type { ChunkSets } from '../content/chunk-sets.ts';

export function columnSets({ columns, count, needed }: { columns: number; count: number; needed: number }): ChunkSets {
  return {
    count,
    chunksOf: (set) => Array.from({ length: columns }, (_, column) => column * count + set),
    setOf: (chunk) => chunk % count,
    neededOf: () => needed,
  };
}
