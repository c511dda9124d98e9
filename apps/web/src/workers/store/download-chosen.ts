// Of many files that are one stream the chosen ones, kept in a store that has only these; what was not chosen is never
// missing. Numbers chunks by all files. Knows no stripes.
import { Bitfield, type BundleLayout, type ChunkStore, ContentError, type Run } from '@ferry/webrtc-core';

const NONE = -1;

export interface ChosenFilesStoreOptions {
  store: ChunkStore;
  /** Of all files. */
  all: BundleLayout;
  /** Of the chosen ones: the layout of {@link store}. */
  chosen: BundleLayout;
  /** Entries of `all` that are in `chosen`. */
  runs: readonly Run[];
  /** All that is written is durable, and its hashes can still be read. */
  closing: () => void;
  closed: () => void;
}

export class ChosenFilesStore implements ChunkStore {
  readonly have: Bitfield;
  readonly #options: ChosenFilesStoreOptions;
  /** Chunk of all files → of the chosen ones, or NONE. */
  readonly #own: Int32Array;

  constructor(options: ChosenFilesStoreOptions) {
    const { all, chosen, runs, store } = options;
    this.#options = options;
    this.#own = new Int32Array(all.chunkCount).fill(NONE);
    let entry = 0;
    for (const { first, count } of runs) {
      for (let at = 0; at < count; at++, entry++) {
        const [there, here] = [all.chunksOf(first + at), chosen.chunksOf(entry)];
        for (let chunk = 0; chunk < there.count; chunk++) this.#own[there.first + chunk] = here.first + chunk;
      }
    }
    this.have = new Bitfield(all.chunkCount);
    for (const [chunk, own] of this.#own.entries()) if (own === NONE || store.have.has(own)) this.have.set(chunk);
  }

  hashOf(chunk: number): Uint8Array | undefined {
    const own = this.#ownOf(chunk);
    return own === undefined ? undefined : this.#options.store.hashOf(own);
  }

  async read(chunk: number): Promise<Uint8Array> {
    const own = this.#ownOf(chunk);
    if (own === undefined) throw ContentError.storeFailed();
    return this.#options.store.read(own);
  }

  async write(chunk: number, bytes: Uint8Array, hash: Uint8Array): Promise<void> {
    const own = this.#ownOf(chunk);
    if (own === undefined) return;
    await this.#options.store.write(own, bytes, hash);
    this.have.set(chunk);
  }

  flush(): Promise<void> {
    return this.#options.store.flush();
  }

  async close(): Promise<void> {
    const { store, closing, closed } = this.#options;
    try {
      await store.flush();
      closing();
    } finally {
      await store.close().finally(closed);
    }
  }

  /** Undefined for a chunk of a file that was not chosen. */
  #ownOf(chunk: number): number | undefined {
    const own = this.#own[chunk];
    return own === NONE ? undefined : own;
  }
}
