// Where a version's chunks go once they are decrypted: the port, and a store of the files that they are.
import { CHUNK_BYTES } from '../content/chunk.ts';
import { hashChunk } from '../content/hash.ts';
import type { BundleLayout } from '../content/layout.ts';
import type { Run } from '../content/run.ts';
import type { ChunkStore } from '../content/store.ts';

/** Takes the chunks of one stream of bytes, which are numbered from 0 on. */
export interface PlainTarget {
  /** Whether all of a chunk is kept for good. */
  has(chunk: number): boolean;
  /** @throws ContentError `store-full` or `store-failed` */
  write(chunk: number, bytes: Uint8Array): Promise<void>;
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** A chunk of a file of which some is here: pieces of one or two chunks of the stream. */
interface PartialChunk {
  readonly bytes: Uint8Array;
  /** Chunks of the stream that it has its pieces from. */
  readonly from: Set<number>;
}

/**
 * Files end to end are the stream; each begins with a chunk of its own, so chunks are cut and joined. What is joined over
 * two chunks of the stream waits in memory for the other one.
 */
export class FilesTarget implements PlainTarget {
  readonly #store: ChunkStore;
  readonly #layout: BundleLayout;
  readonly #partial = new Map<number, PartialChunk>();

  constructor(store: ChunkStore, layout: BundleLayout) {
    this.#store = store;
    this.#layout = layout;
  }

  /** What waits for its other half, in memory. */
  get partialBytes(): number {
    return [...this.#partial.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
  }

  has(chunk: number): boolean {
    const { first, count } = this.#chunksIn(chunk);
    const missing = this.#store.have.nextClear(first);
    return missing === -1 || missing >= first + count;
  }

  async write(chunk: number, bytes: Uint8Array): Promise<void> {
    const { first, count } = this.#chunksIn(chunk);
    const { have } = this.#store;
    for (let own = have.nextClear(first); own !== -1 && own < first + count; own = have.nextClear(own + 1)) {
      await this.#writePiece(own, chunk, bytes);
    }
  }

  flush(): Promise<void> {
    return this.#store.flush();
  }

  async close(): Promise<void> {
    this.#partial.clear();
    await this.#store.close();
  }

  /** What a chunk of the stream has of a chunk of a file. */
  async #writePiece(own: number, chunk: number, bytes: Uint8Array): Promise<void> {
    const { storageOffset, length } = this.#layout.place(own);
    const from = storageOffset - chunk * CHUNK_BYTES;
    const piece = bytes.subarray(Math.max(0, from), from + length);
    if (piece.length === length) return this.#store.write(own, piece, await hashChunk(piece));
    const partial = this.#partial.get(own) ?? { bytes: new Uint8Array(length), from: new Set() };
    this.#partial.set(own, partial);
    partial.bytes.set(piece, Math.max(0, -from));
    // It is no longer than a chunk of the stream, so it has to do with two of them.
    if (partial.from.add(chunk).size < 2) return;
    await this.#store.write(own, partial.bytes, await hashChunk(partial.bytes));
    this.#partial.delete(own);
  }

  /** Chunks of files that a chunk of the stream has something of. */
  #chunksIn(chunk: number): Run {
    const first = this.#chunkAt(chunk * CHUNK_BYTES);
    const end = Math.min((chunk + 1) * CHUNK_BYTES, this.#layout.totalBytes);
    return { first, count: this.#chunkAt(end - 1) + 1 - first };
  }

  /** The chunk of a file that has this byte of the stream. */
  #chunkAt(offset: number): number {
    let low = 0;
    let high = this.#layout.chunkCount - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#layout.place(middle).storageOffset <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
