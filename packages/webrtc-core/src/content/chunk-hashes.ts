// The chunk hashes of one bundle, as far as they are known, and the content ids they give.
import { HASH_BYTES } from './hash.ts';
import type { BundleLayout } from './layout.ts';
import { merkleRoot } from './merkle.ts';

export class ChunkHashes {
  readonly #layout: BundleLayout;
  readonly #bytes: Uint8Array;
  readonly #known: Uint8Array;

  constructor(layout: BundleLayout) {
    this.#layout = layout;
    this.#bytes = new Uint8Array(layout.chunkCount * HASH_BYTES);
    this.#known = new Uint8Array(layout.chunkCount);
  }

  get(chunk: number): Uint8Array | undefined {
    if (!this.#known[chunk]) return undefined;
    return this.#bytes.subarray(chunk * HASH_BYTES, (chunk + 1) * HASH_BYTES);
  }

  set(chunk: number, hash: Uint8Array): void {
    this.#bytes.set(hash, chunk * HASH_BYTES);
    this.#known[chunk] = 1;
  }

  /** The content id of one entry, or undefined while a chunk's hash is unknown. */
  contentId(entry: number): Uint8Array | undefined {
    const { first, count } = this.#layout.chunksOf(entry);
    const hashes: Uint8Array[] = [];
    for (let chunk = first; chunk < first + count; chunk++) {
      const hash = this.get(chunk);
      if (!hash) return undefined;
      hashes.push(hash);
    }
    return merkleRoot(hashes);
  }

  /** One root over the content ids of several entries, or undefined while one of them is unknown. */
  rootOf(firstEntry: number, entryCount: number): Uint8Array | undefined {
    const ids: Uint8Array[] = [];
    for (let entry = firstEntry; entry < firstEntry + entryCount; entry++) {
      const id = this.contentId(entry);
      if (!id) return undefined;
      ids.push(id);
    }
    return merkleRoot(ids);
  }
}
