// Makes, reopens, lists and deletes chunk stores in the origin private file system; the public list of the
// subpath stores/opfs. Knows nothing of transfers but their ids.
import type { BundleLayout } from '../content/layout.ts';
import type { ChunkStoreProvider } from '../content/store.ts';
import { ContentError } from '../errors.ts';
import { type Clock, systemClock } from '../util/clock.ts';
import { type ChunkJournal, openChunkJournal } from './opfs-journal.ts';
import { OpfsStore } from './opfs-store.ts';
import { withStoreErrors } from './store-error.ts';
import { openSyncAccessHandle, type SyncAccessHandle } from './sync-access-handle.ts';

export { type ChunkJournal, OpfsStore, openChunkJournal, openSyncAccessHandle, type SyncAccessHandle };

/** Names within a bundle's folder; the page reads the data file of a finished bundle by this name. */
export const DATA_FILE = 'data';
export const JOURNAL_FILE = 'journal';

/**
 * One folder a bundle, named by the transfer's id, in the folder given.
 *
 * @example
 * const root = await navigator.storage.getDirectory();
 * const stores = new OpfsStores(await root.getDirectoryHandle('bundles', { create: true }));
 */
export class OpfsStores implements ChunkStoreProvider {
  readonly #folder: FileSystemDirectoryHandle;
  readonly #clock: Clock;

  constructor(folder: FileSystemDirectoryHandle, clock: Clock = systemClock) {
    this.#folder = folder;
    this.#clock = clock;
  }

  async open(transferId: string, layout: BundleLayout): Promise<OpfsStore> {
    return withStoreErrors(async () => {
      const folder = await this.#folder.getDirectoryHandle(transferId, { create: true });
      const handles: SyncAccessHandle[] = [];
      try {
        for (const name of [DATA_FILE, JOURNAL_FILE]) {
          handles.push(await openSyncAccessHandle(await folder.getFileHandle(name, { create: true })));
        }
        return new OpfsStore(layout, handles[0]!, handles[1]!, this.#clock);
      } catch (error) {
        for (const handle of handles) handle.close();
        throw error;
      }
    });
  }

  async delete(transferId: string): Promise<void> {
    await this.#folder.removeEntry(transferId, { recursive: true }).catch((error: unknown) => {
      if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw ContentError.storeFailed(error);
    });
  }

  /** The ids of all transfers that have a folder, in no order: some may be nobody's any more. */
  async list(): Promise<string[]> {
    return withStoreErrors(async () => {
      const ids: string[] = [];
      for await (const [name, { kind }] of this.#folder.entries()) if (kind === 'directory') ids.push(name);
      return ids;
    });
  }
}
