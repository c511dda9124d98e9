// A table of chunk hashes, as far as they are known: 32 bytes a chunk. Knows nothing of bundles.
import { HASH_BYTES } from './hash.ts';

export class ChunkHashes {
  readonly #bytes: Uint8Array;
  readonly #known: Uint8Array;

  constructor(chunkCount: number) {
    this.#bytes = new Uint8Array(chunkCount * HASH_BYTES);
    this.#known = new Uint8Array(chunkCount);
  }

  get(chunk: number): Uint8Array | undefined {
    if (!this.#known[chunk]) return undefined;
    return this.#bytes.subarray(chunk * HASH_BYTES, (chunk + 1) * HASH_BYTES);
  }

  set(chunk: number, hash: Uint8Array): void {
    this.#bytes.set(hash, chunk * HASH_BYTES);
    this.#known[chunk] = 1;
  }
}
