// What was picked, dropped or pasted and waits to be sent: top-level files and folders. Plain data around File
// objects; knows nothing of how they were picked.
import type { OutgoingFile } from '../../adapters/engine-contract.ts';

export interface StagedItem {
  id: string;
  kind: 'file' | 'folder';
  name: string;
  files: readonly OutgoingFile[];
  sizeBytes: number;
  /** A folder still being walked; `files` are the ones found so far. */
  isReading: boolean;
  /** Files that the browser could not open. */
  unreadableCount: number;
  /** Opens it again after a reload, where the browser gave one. */
  handle: FileSystemHandle | null;
}

export function stagedFile(file: File): StagedItem {
  return stagedItem('file', file.name, [{ path: [file.name], file }]);
}

export function stagedFolder(name: string, files: readonly OutgoingFile[]): StagedItem {
  return stagedItem('folder', name, files);
}

function stagedItem(kind: StagedItem['kind'], name: string, files: readonly OutgoingFile[]): StagedItem {
  return {
    id: crypto.randomUUID(),
    kind,
    name,
    files,
    sizeBytes: sizeOf(files),
    isReading: false,
    unreadableCount: 0,
    handle: null,
  };
}

export function sizeOf(files: readonly OutgoingFile[]): number {
  return files.reduce((total, { file }) => total + file.size, 0);
}

/** Files of a folder picker carry their path; each first segment becomes one folder. */
export function stagedFromFiles(files: Iterable<File>): StagedItem[] {
  const items: StagedItem[] = [];
  const folders = new Map<string, OutgoingFile[]>();
  for (const file of files) {
    const path = file.webkitRelativePath ? file.webkitRelativePath.split('/') : [file.name];
    const [folder] = path;
    if (path.length === 1 || !folder) {
      items.push(stagedFile(file));
      continue;
    }
    const found = folders.get(folder) ?? [];
    found.push({ path, file });
    folders.set(folder, found);
  }
  return [...items, ...[...folders].map(([name, found]) => stagedFolder(name, found))];
}
