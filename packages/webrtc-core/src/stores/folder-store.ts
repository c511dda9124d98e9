// What does not fit the origin private file system, in a folder that the user picked, together with what was
// received before; the public list of the subpath stores/folder. For workers. Knows nothing of permissions.
import type { ReadonlyBitfield } from '../content/bitfield.ts';
import type { ChunkStore } from '../content/store.ts';
import { type Clock, systemClock } from '../util/clock.ts';
import { contentBlob, FOLDER_JOURNAL_FILE, type FolderPlaces } from './folder-content.ts';
import { deleteFolderParts } from './folder-parts.ts';
import { openChunkJournal } from './opfs-journal.ts';
import type { OpfsStore } from './opfs-store.ts';
import { PartLayout, partsFolderName } from './part-layout.ts';
import { PartStore } from './part-store.ts';
import { withStoreErrors } from './store-error.ts';

export { contentBlob, deleteFolderParts, FOLDER_JOURNAL_FILE, type FolderPlaces };

export interface FolderStoreOptions extends FolderPlaces {
  /** What was received before: it stays where it is, and is closed with this store. */
  base: OpfsStore | null;
  clock?: Clock;
}

/**
 * A chunk is durable only when its part file, of up to 64 MiB, was closed: when the part is whole, when
 * nothing was written to it for two seconds, or on {@link flush}. A crash costs what was written since.
 *
 * A part that cannot be written or closed, because the disk is full or gone, takes the chunks with it that
 * were written since it was opened: when a call rejects, chunks may be missing from {@link have} that were in
 * it before. Whoever counted them must look again.
 */
export class FolderStore implements ChunkStore {
  readonly #base: OpfsStore | null;
  readonly #parts: PartStore;

  private constructor(base: OpfsStore | null, parts: PartStore) {
    this.#base = base;
    this.#parts = parts;
  }

  /**
   * @throws ContentError `store-full` when not even the journal fits, `store-failed` when the browser may not
   *   write to the folder (any more) or the folder is gone; `base` stays the caller's to close then
   * @example
   * const base = await stores.open(transferId, layout);
   * const store = await FolderStore.open({ journal, folder: picked, base, layout, transferId });
   */
  static async open(options: FolderStoreOptions): Promise<FolderStore> {
    const { base, transferId, clock = systemClock } = options;
    return withStoreErrors(async () => {
      const folder = await options.folder.getDirectoryHandle(partsFolderName(transferId), { create: true });
      const journal = await openChunkJournal(options.journal, FOLDER_JOURNAL_FILE, options.layout.chunkCount);
      try {
        const layout = new PartLayout(options.layout);
        const parts = await PartStore.open({ folder, journal, layout, elsewhere: base?.have, clock });
        return new FolderStore(base, parts);
      } catch (error) {
        journal.close();
        throw error;
      }
    });
  }

  get have(): ReadonlyBitfield {
    return this.#parts.have;
  }

  hashOf(chunk: number): Uint8Array | undefined {
    if (!this.have.has(chunk)) return undefined;
    return this.#base?.hashOf(chunk) ?? this.#parts.hashOf(chunk);
  }

  async read(chunk: number): Promise<Uint8Array> {
    return this.#homeOf(chunk).read(chunk);
  }

  async write(chunk: number, bytes: Uint8Array, hash: Uint8Array): Promise<void> {
    const home = this.#homeOf(chunk);
    try {
      await home.write(chunk, bytes, hash);
    } catch (error) {
      if (home === this.#base && !home.have.has(chunk)) this.#parts.have.clear(chunk);
      throw error;
    }
  }

  async flush(): Promise<void> {
    await this.#both((store) => store.flush());
  }

  async close(): Promise<void> {
    await this.#both((store) => store.close());
  }

  #homeOf(chunk: number): OpfsStore | PartStore {
    return this.#base?.have.has(chunk) ? this.#base : this.#parts;
  }

  /** One that fails does not keep the other from it. */
  async #both(action: (store: OpfsStore | PartStore) => Promise<void>): Promise<void> {
    const outcomes = await Promise.allSettled([this.#parts, ...(this.#base ? [this.#base] : [])].map(action));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }
}
