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
