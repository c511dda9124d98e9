// A folder that a page was given by its folder picker, and what lies in it. The picker is the browser's own
// window, which no test can press: here it answers at once, with a folder of the page's private disk.
import type { Page } from '@playwright/test';

export class PickedFolder {
  readonly #page: Page;
  readonly name: string;

  private constructor(page: Page, name: string) {
    this.#page = page;
    this.name = name;
  }

  /** From now on, until it reloads, the page's folder picker answers with this folder. */
  static async answers(page: Page, name: string): Promise<PickedFolder> {
    await page.evaluate((folder) => {
      Object.assign(window, {
        showDirectoryPicker: async () =>
          (await navigator.storage.getDirectory()).getDirectoryHandle(folder, { create: true }),
      });
    }, name);
    return new PickedFolder(page, name);
  }

  /** Every file below it, with its size. Look when nothing is being written: the browser's own files come and go. */
  files(): Promise<Record<string, number>> {
    return this.#page.evaluate(async (name) => {
      const found: Record<string, number> = {};
      async function walk(folder: FileSystemDirectoryHandle, prefix: string): Promise<void> {
        for await (const [entry, handle] of folder.entries()) {
          if (handle.kind === 'directory') await walk(handle, `${prefix}${entry}/`);
          else found[prefix + entry] = (await handle.getFile()).size;
        }
      }
      await walk(await (await navigator.storage.getDirectory()).getDirectoryHandle(name), '');
      return found;
    }, this.name);
  }

  /** A file of random bytes, with the folders it is in; what was there is replaced. Returns its SHA-256. */
  put(path: string, sizeBytes: number): Promise<string> {
    return this.#page.evaluate(
      async ([steps, size]) => {
        let folder = await navigator.storage.getDirectory();
        for (const step of steps.slice(0, -1)) folder = await folder.getDirectoryHandle(step, { create: true });
        const bytes = new Uint8Array(size);
        // So much at once and no more.
        for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
        const writable = await (await folder.getFileHandle(steps.at(-1)!, { create: true })).createWritable();
        await writable.write(bytes);
        await writable.close();
        const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
        return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
      },
      [[this.name, ...path.split('/')], sizeBytes] as const,
    );
  }

  /** So many files with nothing in them. */
  async putEmpty(path: string, count: number): Promise<void> {
    await this.#page.evaluate(
      async ([steps, files]) => {
        let folder = await navigator.storage.getDirectory();
        for (const step of steps) folder = await folder.getDirectoryHandle(step, { create: true });
        const target = folder;
        for (let at = 0; at < files; at += 1000) {
          const some = Array.from({ length: Math.min(1000, files - at) }, (_, index) => at + index);
          await Promise.all(some.map((index) => target.getFileHandle(`file ${index}.txt`, { create: true })));
        }
      },
      [[this.name, ...path.split('/')], count] as const,
    );
  }

  async remove(path: string): Promise<void> {
    await this.#page.evaluate(
      async (steps) => {
        let folder = await navigator.storage.getDirectory();
        for (const step of steps.slice(0, -1)) folder = await folder.getDirectoryHandle(step);
        await folder.removeEntry(steps.at(-1)!, { recursive: true });
      },
      [this.name, ...path.split('/')],
    );
  }

  /** As if somebody had worked on a file in it. */
  async edit(path: string, sizeBytes: number): Promise<void> {
    await this.#page.evaluate(
      async ([steps, size]) => {
        let folder = await navigator.storage.getDirectory();
        for (const step of steps.slice(0, -1)) folder = await folder.getDirectoryHandle(step);
        const writable = await (await folder.getFileHandle(steps.at(-1)!)).createWritable();
        await writable.write(new Uint8Array(size));
        await writable.close();
      },
      [[this.name, ...path.split('/')], sizeBytes] as const,
    );
  }
}
