// What a drop or a paste holds. Must be read at once, while the event lasts: browsers empty it afterwards.
import type { Brought, PendingHandle } from './brought.ts';
import { isFolder, readFolder } from './read-folder.ts';

export function broughtByDrop(data: DataTransfer): Brought {
  return broughtWith(data, (item) => ({ handle: handleOf(item) }));
}

/** Files as they are, images under a name that tells them apart, text as a file; `names` are what those are called. */
export function broughtByPaste(data: DataTransfer, at: Date, names: { text: string; image: string }): Brought {
  const { files, folders } = broughtWith(data, () => ({}));
  const text = data.getData('text/plain');
  if (files.length === 0 && folders.length === 0 && text) {
    const file = new File([text], `${names.text} ${stamp(at)}.txt`, { type: 'text/plain' });
    return { files: [{ file }], folders };
  }
  const named = files.map(({ file }) => (isClipboardImage(file) ? renamed(file, `${names.image} ${stamp(at)}`) : file));
  return { files: named.map((file) => ({ file })), folders };
}

function broughtWith(data: DataTransfer, handleOf: (item: DataTransferItem) => { handle?: PendingHandle }): Brought {
  const brought: Brought = { files: [], folders: [] };
  for (const item of data.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    if (entry && isFolder(entry)) {
      const read: Brought['folders'][number]['read'] = (options) => readFolder(entry, options);
      brought.folders.push({ name: entry.name, read, ...handleOf(item) });
      continue;
    }
    const file = item.getAsFile();
    if (file) brought.files.push({ file, ...handleOf(item) });
  }
  return brought;
}

/** Asked for now, while the event lasts, though the answer comes later. Only Chromium has the method. */
async function handleOf(item: DataTransferItem): Promise<FileSystemHandle | null> {
  try {
    return (await item.getAsFileSystemHandle?.()) ?? null;
  } catch {
    return null;
  }
}

export function holdsFiles(data: DataTransfer | null): boolean {
  return data?.types.includes('Files') ?? false;
}

/** Browsers call every copied picture "image.png". */
function isClipboardImage(file: File): boolean {
  return /^image\.\w+$/.test(file.name) && file.type.startsWith('image/');
}

function renamed(file: File, name: string): File {
  const extension = file.name.split('.').at(-1);
  return new File([file], `${name}.${extension}`, { type: file.type, lastModified: file.lastModified });
}

/** "2026-03-30 14.02.07": sorts, and every file system takes it. */
function stamp(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day} ${[two(at.getHours()), two(at.getMinutes()), two(at.getSeconds())].join('.')}`;
}
