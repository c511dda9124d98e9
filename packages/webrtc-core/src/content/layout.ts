// Where each entry's chunks stand in a bundle: entries laid end to end, chunks numbered through.
// A chunk never holds bytes of two entries. Knows nothing of names or of storage.
import { CHUNK_BYTES, chunkCount, chunkLength } from './chunk.ts';
import type { Manifest } from './manifest.ts';
import type { Run } from './run.ts';

/** One chunk's place. */
export interface ChunkPlace {
  entry: number;
  /** Byte offset within its entry. */
  entryOffset: number;
  /** Byte offset within the bundle's storage, entries laid end to end. */
  storageOffset: number;
  length: number;
}

export class BundleLayout {
  readonly entryCount: number;
  readonly chunkCount: number;
  readonly totalBytes: number;
  readonly #sizes: Float64Array;
  /** First chunk of each entry, and the total at the end; likewise for bytes. */
  readonly #firstChunk: Float64Array;
  readonly #firstByte: Float64Array;

  constructor(manifest: Manifest) {
    const count = manifest.entries.length;
    this.entryCount = count;
    this.#sizes = Float64Array.from(manifest.entries, (entry) => entry.sizeBytes);
    this.#firstChunk = new Float64Array(count + 1);
    this.#firstByte = new Float64Array(count + 1);
    for (let entry = 0; entry < count; entry++) {
      this.#firstChunk[entry + 1] = this.#firstChunk[entry]! + chunkCount(this.#sizes[entry]!);
      this.#firstByte[entry + 1] = this.#firstByte[entry]! + this.#sizes[entry]!;
    }
    this.chunkCount = this.#firstChunk[count]!;
    this.totalBytes = this.#firstByte[count]!;
  }

  /** The chunks of an entry; none when it is empty. */
  chunksOf(entry: number): Run {
    const first = this.#firstChunk[entry]!;
    return { first, count: this.#firstChunk[entry + 1]! - first };
  }

  /** Where an entry's bytes start in the bundle's storage. */
  storageOffsetOf(entry: number): number {
    return this.#firstByte[entry]!;
  }

  /** RangeError when there is no such chunk. */
  place(chunk: number): ChunkPlace {
    const entry = this.entryOf(chunk);
    const indexInEntry = chunk - this.#firstChunk[entry]!;
    const entryOffset = indexInEntry * CHUNK_BYTES;
    return {
      entry,
      entryOffset,
      storageOffset: this.#firstByte[entry]! + entryOffset,
      length: chunkLength(this.#sizes[entry]!, indexInEntry),
    };
  }

  /** The entry a chunk belongs to. RangeError when there is no such chunk. */
  entryOf(chunk: number): number {
    if (!Number.isInteger(chunk) || chunk < 0 || chunk >= this.chunkCount) {
      throw new RangeError(`Chunk ${chunk} of ${this.chunkCount}`);
    }
    // The last entry that starts at or before the chunk; empty entries before it start there too.
    let low = 0;
    let high = this.entryCount - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#firstChunk[middle]! <= chunk) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  lengthOf(chunk: number): number {
    return this.place(chunk).length;
  }
}
