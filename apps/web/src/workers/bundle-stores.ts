// Where received chunks are kept: in this browser, or, where there is no room, in a folder the user picked. Knows
// nothing of transfers but their ids.
import type { BundleLayout, ChunkStore, ChunkStoreProvider } from '@ferry/webrtc-core';
import { contentBlob, deleteFolderParts, FOLDER_JOURNAL_FILE, FolderStore } from '@ferry/webrtc-core/stores/folder';
import {
  type ChunkJournal,
  DATA_FILE,
  JOURNAL_FILE,
  OpfsStores,
  openChunkJournal,
} from '@ferry/webrtc-core/stores/opfs';

type HashOf = (chunk: number) => Uint8Array | undefined;

export class BundleStores implements ChunkStoreProvider {
  readonly #bundles: FileSystemDirectoryHandle;
  readonly #inBrowser: OpfsStores;
  readonly #folders = new Map<string, FileSystemDirectoryHandle>();
  #lastHashes: { transferId: string; hashes: Promise<HashOf> } | undefined;

  /** `bundles` is the folder of all bundles in the origin private file system. */
  constructor(bundles: FileSystemDirectoryHandle) {
    this.#bundles = bundles;
    this.#inBrowser = new OpfsStores(bundles);
  }

  /** What is written of this transfer from its next opening on goes to a folder; what is here stays here. */
  keepIn(transferId: string, folder: FileSystemDirectoryHandle): void {
    this.#folders.set(transferId, folder);
  }

  async open(transferId: string, layout: BundleLayout): Promise<ChunkStore> {
    const base = await this.#inBrowser.open(transferId, layout);
    const folder = this.#folders.get(transferId);
    if (!folder) return base;
    try {
      const journal = await this.#bundles.getDirectoryHandle(transferId);
      return await FolderStore.open({ journal, folder, base, layout, transferId });
    } catch (error) {
      await base.close();
      throw error;
    }
  }

  async delete(transferId: string): Promise<void> {
    // The place stays chosen: what is accepted anew begins with deleting what an earlier life left.
    const folder = this.#folders.get(transferId);
    if (this.#lastHashes?.transferId === transferId) this.#lastHashes = undefined;
    await this.#inBrowser.delete(transferId);
    // The user may have moved or deleted it, or taken the permission back.
    if (folder) await deleteFolderParts(folder, transferId).catch(() => {});
  }

  /** All bytes of a bundle, files end to end; a slice of it is a file. Nothing is read yet. */
  async content(transferId: string, layout: BundleLayout): Promise<Blob> {
    const journal = await this.#bundles.getDirectoryHandle(transferId);
    const folder = this.#folders.get(transferId);
    if (folder) return contentBlob({ journal, folder, layout, transferId });
    return (await journal.getFileHandle(DATA_FILE)).getFile();
  }

  /** The hashes of what is kept of a bundle that nobody writes now; those of the last one are at hand. */
  hashes(transferId: string, layout: BundleLayout): Promise<HashOf> {
    if (this.#lastHashes?.transferId !== transferId) {
      const hashes = this.#readHashes(transferId, layout);
      this.#lastHashes = { transferId, hashes };
      hashes.catch(() => {
        if (this.#lastHashes?.hashes === hashes) this.#lastHashes = undefined;
      });
    }
    return this.#lastHashes.hashes;
  }

  /** Transfers that something is kept of. */
  list(): Promise<string[]> {
    return this.#inBrowser.list();
  }

  async #readHashes(transferId: string, layout: BundleLayout): Promise<HashOf> {
    const folder = await this.#bundles.getDirectoryHandle(transferId);
    const names = this.#folders.has(transferId) ? [JOURNAL_FILE, FOLDER_JOURNAL_FILE] : [JOURNAL_FILE];
    const journals: ChunkJournal[] = [];
    for (const name of names) {
      const journal = await openChunkJournal(folder, name, layout.chunkCount);
      // What was read stays; the file is free for whoever goes on with the bundle.
      journal.close();
      journals.push(journal);
    }
    return (chunk) => journals.map((journal) => journal.hashOf(chunk)).find((hash) => hash !== undefined);
  }
}
