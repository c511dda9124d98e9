// Says that it holds everything but one chunk: for fetching that chunk alone, of content that has an id, to see whether
// somebody has it. Keeps it in memory; knows not who is asked.
import { Bitfield } from '../content/bitfield.ts';
import type { BundleLayout } from '../content/layout.ts';
import type { ChunkStore, ChunkStoreProvider } from '../content/store.ts';
import { ContentError } from '../errors.ts';

export class AlmostWholeStore implements ChunkStore {
  readonly have: Bitfield;
  readonly #chunk: number;
  #bytes: Uint8Array | undefined;
  #hash: Uint8Array | undefined;

  /** RangeError when there is no such chunk. */
  constructor(layout: BundleLayout, chunk: number) {
    layout.entryOf(chunk);
    this.#chunk = chunk;
    this.have = new Bitfield(layout.chunkCount);
    for (let other = 0; other < layout.chunkCount; other++) if (other !== chunk) this.have.set(other);
  }

  hashOf(chunk: number): Uint8Array | undefined {
    return chunk === this.#chunk ? this.#hash : undefined;
  }

  /** @throws ContentError `store-failed` for any other chunk, and while it has not come */
  async read(chunk: number): Promise<Uint8Array> {
    if (chunk !== this.#chunk || !this.#bytes) throw ContentError.storeFailed();
    return this.#bytes.slice();
  }

  async write(chunk: number, bytes: Uint8Array, hash: Uint8Array): Promise<void> {
    if (chunk !== this.#chunk) return;
    this.#bytes = bytes.slice();
    this.#hash = hash.slice();
    this.have.set(chunk);
  }

  async flush(): Promise<void> {}

  async close(): Promise<void> {}
}

/** Stores for fetching one chunk; each begins anew when it is opened. */
export function almostWholeStores(chunk: number): ChunkStoreProvider {
  return {
    open: async (_, layout) => new AlmostWholeStore(layout, chunk),
    delete: async () => {},
  };
}
