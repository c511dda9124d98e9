// Files that a browser can open again after a restart, as a picker of Chromium's gives them. The picker is the
// browser's own window, which no test can press: here it answers at once, with files of the page's private disk.
import { createReadStream } from 'node:fs';
import type { Page } from '@playwright/test';

/** From now on, also after reloads, the page's file picker answers with this file. */
export async function pickerAnswersWith(page: Page, path: string): Promise<void> {
  const name = path.split('/').at(-1)!;
  await page.evaluate(async (file) => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('picked', { create: true });
    await (await (await folder.getFileHandle(file, { create: true })).createWritable()).close();
  }, name);
  for await (const block of createReadStream(path, { highWaterMark: 8 * 1024 * 1024 })) {
    await page.evaluate(
      async ([file, base64]) => {
        const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('picked');
        const handle = await folder.getFileHandle(file);
        const data = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const writable = await handle.createWritable({ keepExistingData: true });
        await writable.write({ type: 'write', position: (await handle.getFile()).size, data });
        await writable.close();
      },
      [name, (block as Buffer).toString('base64')] as const,
    );
  }
  const answer = (file: string) => {
    Object.assign(window, {
      showOpenFilePicker: async () => {
        const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('picked');
        return [await folder.getFileHandle(file)];
      },
    });
  };
  await page.evaluate(answer, name);
}
