// Chunks in memory: for tests, small bundles and Node. Knows no disk and no browser.
import { Bitfield } from '../content/bitfield.ts';
import { ChunkHashes } from '../content/chunk-hashes.ts';
import type { BundleLayout } from '../content/layout.ts';
import type { ChunkStore, ChunkStoreProvider } from '../content/store.ts';
import { ContentError } from '../errors.ts';

/**
 * Keeps every store until it is deleted, so that opening one again finds what it held.
 *
 * @example new MemoryStores({ capacityBytes: 64 * 1024 * 1024 })
 */
export class MemoryStores implements ChunkStoreProvider {
  /** Of each store; may be raised at any time. */
  capacityBytes: number;
  readonly #stores = new Map<string, MemoryStore>();

  constructor(options: { capacityBytes?: number } = {}) {
    this.capacityBytes = options.capacityBytes ?? Number.POSITIVE_INFINITY;
  }

  async open(transferId: string, layout: BundleLayout): Promise<MemoryStore> {
    const store = this.#stores.get(transferId) ?? new MemoryStore(layout, this);
    this.#stores.set(transferId, store);
    return store;
  }

  async delete(transferId: string): Promise<void> {
    this.#stores.delete(transferId);
  }

  /** The ids of all transfers that have a store. */
  async list(): Promise<string[]> {
    return [...this.#stores.keys()];
  }

  /** What a program that crashed now would find at its next start; whoever uses this one changes only this one. */
  copy(): MemoryStores {
    const copy = new MemoryStores(this);
    for (const [transferId, store] of this.#stores) copy.#stores.set(transferId, store.copy(copy));
    return copy;
  }

  /** As a crash may do to a chunk that was not flushed. */
  lose(transferId: string, chunk: number): void {
    this.#stores.get(transferId)?.lose(chunk);
  }
}

export class MemoryStore implements ChunkStore {
  readonly have: Bitfield;
  readonly #chunks = new Map<number, Uint8Array>();
  readonly #hashes: ChunkHashes;
  readonly #layout: BundleLayout;
  readonly #limit: { readonly capacityBytes: number };
  #usedBytes = 0;

  constructor(layout: BundleLayout, limit = { capacityBytes: Number.POSITIVE_INFINITY }) {
    this.#layout = layout;
    this.have = new Bitfield(layout.chunkCount);
    this.#hashes = new ChunkHashes(layout.chunkCount);
    this.#limit = limit;
  }

  hashOf(chunk: number): Uint8Array | undefined {
    return this.#hashes.get(chunk);
  }

  async read(chunk: number): Promise<Uint8Array> {
    const bytes = this.#chunks.get(chunk);
    if (!bytes) throw ContentError.storeFailed();
    return bytes.slice();
  }

  async write(chunk: number, bytes: Uint8Array, hash: Uint8Array): Promise<void> {
    const usedBytes = this.#usedBytes + bytes.length - (this.#chunks.get(chunk)?.length ?? 0);
    if (usedBytes > this.#limit.capacityBytes) throw ContentError.storeFull();
    this.#usedBytes = usedBytes;
    this.#chunks.set(chunk, bytes.slice());
    this.#hashes.set(chunk, hash);
    this.have.set(chunk);
  }

  lose(chunk: number): void {
    this.#usedBytes -= this.#chunks.get(chunk)?.length ?? 0;
    this.#chunks.delete(chunk);
    this.have.clear(chunk);
  }

  copy(limit: { readonly capacityBytes: number }): MemoryStore {
    const copy = new MemoryStore(this.#layout, limit);
    copy.#usedBytes = this.#usedBytes;
    for (const [chunk, bytes] of this.#chunks) {
      copy.#chunks.set(chunk, bytes);
      copy.#hashes.set(chunk, this.#hashes.get(chunk)!);
      copy.have.set(chunk);
    }
    return copy;
  }

  async flush(): Promise<void> {}

  async close(): Promise<void> {}
}
