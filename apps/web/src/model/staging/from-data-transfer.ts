// What a drop or a paste holds. Must be read at once, while the event lasts: browsers empty it afterwards.
import { isFolder } from './read-folder.ts';

export interface Brought {
  files: File[];
  folders: FileSystemDirectoryEntry[];
}

export function broughtByDrop(data: DataTransfer): Brought {
  const brought: Brought = { files: [], folders: [] };
  for (const item of data.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    const file = entry && isFolder(entry) ? null : item.getAsFile();
    if (entry && isFolder(entry)) brought.folders.push(entry);
    else if (file) brought.files.push(file);
  }
  return brought;
}

/** Files as they are, images under a name that tells them apart, text as a file; `names` are what those are called. */
export function broughtByPaste(data: DataTransfer, at: Date, names: { text: string; image: string }): Brought {
  const brought = broughtByDrop(data);
  const text = data.getData('text/plain');
  if (brought.files.length === 0 && brought.folders.length === 0 && text) {
    return { files: [new File([text], `${names.text} ${stamp(at)}.txt`, { type: 'text/plain' })], folders: [] };
  }
  return {
    ...brought,
    files: brought.files.map((file) => (isClipboardImage(file) ? renamed(file, `${names.image} ${stamp(at)}`) : file)),
  };
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
