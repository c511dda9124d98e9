// Which part file a chunk belongs to, where it stands there, and what the files are called. Pure.
import { CHUNK_BYTES } from '../content/chunk.ts';
import type { BundleLayout } from '../content/layout.ts';
import type { Run } from '../content/run.ts';

/** A part is copied whenever it is opened again: larger ones would cost too much. */
const MAX_PART_BYTES = 64 * 1024 * 1024;
/** Parts begin at multiples of this; a chunk belongs to the part it begins in, and may reach beyond. */
const STRIDE_BYTES = MAX_PART_BYTES - CHUNK_BYTES;

interface PartPlace {
  part: number;
  /** Byte offset within the part. */
  position: number;
  length: number;
}

export class PartLayout {
  readonly bundle: BundleLayout;
  readonly #strideBytes: number;

  /** @param strideBytes the same for ever, for the parts on disk lie by it; tests alone have another */
  constructor(bundle: BundleLayout, strideBytes = STRIDE_BYTES) {
    this.bundle = bundle;
    this.#strideBytes = strideBytes;
  }

  place(chunk: number): PartPlace {
    const { storageOffset, length } = this.bundle.place(chunk);
    const part = Math.floor(storageOffset / this.#strideBytes);
    return { part, position: storageOffset - part * this.#strideBytes, length };
  }

  chunksOf(part: number): Run {
    const first = this.#firstChunkFrom(part * this.#strideBytes);
    return { first, count: this.#firstChunkFrom((part + 1) * this.#strideBytes) - first };
  }

  #firstChunkFrom(storageOffset: number): number {
    let low = 0;
    let high = this.bundle.chunkCount;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.bundle.place(middle).storageOffset < storageOffset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** People find this folder beside their own files. */
export function partsFolderName(transferId: string): string {
  return `Ferry parts ${transferId.slice(0, 8)}`;
}

/** @example partName(0) // 'part-0001' */
export function partName(part: number): string {
  return `part-${String(part + 1).padStart(4, '0')}`;
}
