// Whether a text is anywhere in the files of a folder, read from the disk itself: no program is asked. Knows nothing of what
// the files are.
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Files of the folder and of those in it, with the texts that their names or bytes have, as UTF-8 or as UTF-16. */
export async function findOnDisk(folder: string, texts: string[]): Promise<string[]> {
  const wanted = texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]);
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (texts.some((text) => entry.name.includes(text))) found.push(path);
    else if (entry.isFile() && (await hasOne(path, wanted))) found.push(path);
  }
  return found;
}

async function hasOne(path: string, wanted: Buffer[]): Promise<boolean> {
  const longest = Math.max(...wanted.map(({ length }) => length));
  let before = Buffer.alloc(0);
  for await (const bytes of createReadStream(path, { highWaterMark: 4 * 1024 * 1024 })) {
    const text = Buffer.concat([before, bytes]);
    if (wanted.some((one) => text.includes(one))) return true;
    before = text.subarray(-longest);
  }
  return false;
}
