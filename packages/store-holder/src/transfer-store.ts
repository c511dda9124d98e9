// The store of one transfer, kept under another name than the transfer's: a column that is fetched in several goes is one
// column. Knows when its files are free again. Deletes nothing: what is here in part is gone on with.
import type { BundleLayout, ChunkStore, ChunkStoreProvider } from '@ferry/webrtc-core';

export class TransferStore implements ChunkStoreProvider {
  readonly #stores: Pick<ChunkStoreProvider, 'open'>;
  readonly #key: string;
  /** Opened, and not handed out yet. */
  #first: ChunkStore | undefined;
  #closed: Promise<void> = Promise.resolve();

  /** @param first opened already, so that what cannot be opened begins no transfer */
  constructor(stores: Pick<ChunkStoreProvider, 'open'>, key: string, first: ChunkStore) {
    this.#stores = stores;
    this.#key = key;
    this.#first = first;
  }

  /** Resolves when whoever it was handed out to has closed it. */
  get closed(): Promise<void> {
    return this.#closed;
  }

  async open(_: string, layout: BundleLayout): Promise<ChunkStore> {
    const store = this.#first ?? (await this.#stores.open(this.#key, layout));
    this.#first = undefined;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#closed = promise;
    return {
      get have() {
        return store.have;
      },
      hashOf: (chunk) => store.hashOf(chunk),
      read: (chunk, signal) => store.read(chunk, signal),
      write: (chunk, bytes, hash) => store.write(chunk, bytes, hash),
      flush: () => store.flush(),
      close: () => store.close().finally(resolve),
    };
  }

  async delete(): Promise<void> {}

  /** For one that no transfer was begun with. */
  async closeUnused(): Promise<void> {
    await this.#first?.close();
  }
}
