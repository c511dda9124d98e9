// Walks a dropped folder without freezing the page. Knows only the file-system entries of drag and drop, which
// every browser has; what becomes of the files is the caller's business.
import type { OutgoingFile } from '../../adapters/engine-contract.ts';

export interface FolderReading {
  files: OutgoingFile[];
  unreadableCount: number;
}

export interface ReadOptions {
  signal: AbortSignal;
  /** Called as files are found, about a hundred at a time. */
  onProgress: (soFar: FolderReading) => void;
}

export async function readFolder(
  folder: FileSystemDirectoryEntry,
  { signal, onProgress }: ReadOptions,
): Promise<FolderReading> {
  const reading: FolderReading = { files: [], unreadableCount: 0 };
  const waiting: { folder: FileSystemDirectoryEntry; path: string[] }[] = [{ folder, path: [folder.name] }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { path } = next;
    const reader = next.folder.createReader();
    for (let batch = await entriesOf(reader); batch.length > 0; batch = await entriesOf(reader)) {
      signal.throwIfAborted();
      const found = await Promise.all(batch.filter(isFile).map((entry) => fileOf(entry)));
      for (const file of found) {
        if (file) reading.files.push({ path: [...path, file.name], file });
        else reading.unreadableCount++;
      }
      for (const entry of batch) if (isFolder(entry)) waiting.push({ folder: entry, path: [...path, entry.name] });
      onProgress(reading);
    }
  }
  return reading;
}

/** One batch; browsers give about a hundred at a time and an empty one at the end. An unreadable folder is empty. */
function entriesOf(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
}

function fileOf(entry: FileSystemFileEntry): Promise<File | null> {
  return new Promise((resolve) => entry.file(resolve, () => resolve(null)));
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

export function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
