// Chunks in the origin private file system, for workers: one data file a bundle, chunks at their offset,
// and a journal of what is held. Knows nothing of transfers but their ids.
import { Bitfield } from '../content/bitfield.ts';
import { ChunkHashes } from '../content/chunk-hashes.ts';
import { HASH_BYTES } from '../content/hash.ts';
import type { BundleLayout } from '../content/layout.ts';
import type { ChunkStore, ChunkStoreProvider } from '../content/store.ts';
import { ContentError } from '../errors.ts';
import { openSyncAccessHandle, type SyncAccessHandle } from './sync-access-handle.ts';

export { openSyncAccessHandle, type SyncAccessHandle };

/** Names within a bundle's folder; the page reads the data file of a finished bundle by this name. */
export const DATA_FILE = 'data';
const JOURNAL_FILE = 'journal';

/** Chunks written since the last flush may be lost in a crash: at most this much is fetched again. */
const FLUSH_BYTES = 32 * 1024 * 1024;

/**
 * One folder a bundle, named by the transfer's id, in the folder given.
 *
 * @example
 * const root = await navigator.storage.getDirectory();
 * const stores = new OpfsStores(await root.getDirectoryHandle('bundles', { create: true }));
 */
export class OpfsStores implements ChunkStoreProvider {
  readonly #folder: FileSystemDirectoryHandle;

  constructor(folder: FileSystemDirectoryHandle) {
    this.#folder = folder;
  }

  async open(transferId: string, layout: BundleLayout): Promise<OpfsStore> {
    const folder = await this.#folder.getDirectoryHandle(transferId, { create: true });
    return withStoreErrors(async () => {
      const data = await openFile(folder, DATA_FILE);
      const journal = await openFile(folder, JOURNAL_FILE).catch((error) => {
        data.close();
        throw error;
      });
      return new OpfsStore(layout, data, journal);
    });
  }

  async delete(transferId: string): Promise<void> {
    await this.#folder.removeEntry(transferId, { recursive: true }).catch((error: unknown) => {
      if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw ContentError.storeFailed(error);
    });
  }
}

export class OpfsStore implements ChunkStore {
  readonly have: Bitfield;
  readonly #layout: BundleLayout;
  readonly #data: SyncAccessHandle;
  readonly #journal: SyncAccessHandle;
  readonly #hashes: ChunkHashes;
  /** Written, not yet in the journal. */
  #unflushed: number[] = [];
  #unflushedBytes = 0;
  #closed = false;

  constructor(layout: BundleLayout, data: SyncAccessHandle, journal: SyncAccessHandle) {
    this.#layout = layout;
    this.#data = data;
    this.#journal = journal;
    this.#hashes = new ChunkHashes(layout.chunkCount);
    this.have = this.#readJournal();
  }

  hashOf(chunk: number): Uint8Array | undefined {
    return this.#hashes.get(chunk);
  }

  async read(chunk: number): Promise<Uint8Array> {
    const { storageOffset, length } = this.#layout.place(chunk);
    if (!this.have.has(chunk)) throw ContentError.storeFailed();
    const bytes = new Uint8Array(length);
    if (this.#data.read(bytes, { at: storageOffset }) !== length) throw ContentError.storeFailed();
    return bytes;
  }

  async write(chunk: number, bytes: Uint8Array, hash: Uint8Array): Promise<void> {
    const { storageOffset } = this.#layout.place(chunk);
    await withStoreErrors(async () => {
      const written = this.#data.write(bytes as Uint8Array<ArrayBuffer>, { at: storageOffset });
      if (written !== bytes.length) throw ContentError.storeFull();
    });
    this.#hashes.set(chunk, hash);
    this.have.set(chunk);
    this.#unflushed.push(chunk);
    this.#unflushedBytes += bytes.length;
    if (this.#unflushedBytes >= FLUSH_BYTES) await this.flush();
  }

  /** Data first, then hashes, then the bitfield: the journal never claims what is not there. */
  async flush(): Promise<void> {
    if (this.#unflushed.length === 0 || this.#closed) return;
    await withStoreErrors(async () => {
      this.#data.flush();
      for (const chunk of this.#unflushed) {
        this.#journal.write(this.#hashes.get(chunk) as Uint8Array<ArrayBuffer>, { at: this.#hashOffset(chunk) });
      }
      this.#journal.flush();
      this.#journal.write(this.have.toBytes(), { at: 0 });
      this.#journal.flush();
      this.#unflushed = [];
      this.#unflushedBytes = 0;
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    try {
      await this.flush();
    } finally {
      this.#closed = true;
      this.#data.close();
      this.#journal.close();
    }
  }

  /** The journal is the bitfield, padded to whole bytes, then one hash a chunk. */
  #readJournal(): Bitfield {
    const { chunkCount } = this.#layout;
    const bits = new Uint8Array(this.#bitfieldBytes);
    const isNew = this.#journal.read(bits, { at: 0 }) < bits.length;
    const have = isNew ? new Bitfield(chunkCount) : Bitfield.fromBytes(bits, chunkCount);
    const hash = new Uint8Array(HASH_BYTES);
    for (let chunk = have.nextSet(); chunk !== -1; chunk = have.nextSet(chunk + 1)) {
      this.#journal.read(hash, { at: this.#hashOffset(chunk) });
      this.#hashes.set(chunk, hash);
    }
    return have;
  }

  #hashOffset(chunk: number): number {
    return this.#bitfieldBytes + chunk * HASH_BYTES;
  }

  get #bitfieldBytes(): number {
    return Math.ceil(this.#layout.chunkCount / 8);
  }
}

async function openFile(folder: FileSystemDirectoryHandle, name: string): Promise<SyncAccessHandle> {
  const file = await folder.getFileHandle(name, { create: true });
  return openSyncAccessHandle(file);
}

/** The browser's storage errors in our words. */
async function withStoreErrors<Result>(action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof ContentError) throw error;
    if (error instanceof DOMException && error.name === 'QuotaExceededError') throw ContentError.storeFull(error);
    throw ContentError.storeFailed(error);
  }
}
