// Chunk stores in a folder of this computer's disk, each in a folder of its own that is named by its key. The engine's
// own store does the work, so that a crash costs what it costs in a browser.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type BundleLayout, ContentError } from '@ferry/webrtc-core';
import { OpfsStore } from '@ferry/webrtc-core/stores/opfs';
import { DiskFile } from './disk-file.ts';
import { flushFolder, makeFolder } from './folder.ts';

/** A folder's name on any system, whatever it was made from. */
const KEY = /^[\w-]{1,128}$/;

export class DiskStores {
  readonly #root: string;
  /** Of two writers to one file each would undo what the other one did. */
  readonly #open = new Set<string>();

  constructor(root: string) {
    this.#root = root;
    makeFolder(root);
  }

  /** @throws ContentError `store-full`; `store-failed`, as when it is open already */
  async open(key: string, layout: BundleLayout): Promise<OpfsStore> {
    const folder = this.#folderOf(key);
    if (this.#open.has(key)) throw ContentError.storeFailed();
    const files: DiskFile[] = [];
    try {
      makeFolder(folder);
      for (const name of ['data', 'journal']) files.push(new DiskFile(join(folder, name)));
      flushFolder(folder);
      const store = new DiskStore(layout, files, () => this.#open.delete(key));
      this.#open.add(key);
      return store;
    } catch (error) {
      for (const file of files) file.close();
      throw error instanceof ContentError ? error : ContentError.storeFailed(error);
    }
  }

  async delete(key: string): Promise<void> {
    try {
      await rm(this.#folderOf(key), { recursive: true, force: true });
      flushFolder(this.#root);
    } catch (error) {
      throw ContentError.storeFailed(error);
    }
  }

  /** Of all that have a folder, in no order. */
  async list(): Promise<string[]> {
    const entries = await readdir(this.#root, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory() && KEY.test(entry.name)).map(({ name }) => name);
  }

  #folderOf(key: string): string {
    if (!KEY.test(key)) throw ContentError.storeFailed();
    return join(this.#root, key);
  }
}

class DiskStore extends OpfsStore {
  readonly #onClosed: () => void;

  constructor(layout: BundleLayout, [data, journal]: readonly DiskFile[], onClosed: () => void) {
    super(layout, data!, journal!);
    this.#onClosed = onClosed;
  }

  override async close(): Promise<void> {
    try {
      await super.close();
    } finally {
      this.#onClosed();
    }
  }
}
