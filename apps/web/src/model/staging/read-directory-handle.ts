// Walks a folder that came out of a picker without freezing the page, as read-folder.ts walks a dropped one. What
// becomes of the files is the caller's business.
import type { FolderReading, ReadOptions } from './read-folder.ts';

/** Opened at once, so that a folder of thousands is not read one after the other. */
const BATCH = 100;

type Handle = FileSystemFileHandle | FileSystemDirectoryHandle;

export async function readDirectoryHandle(
  folder: FileSystemDirectoryHandle,
  { signal, onProgress }: ReadOptions,
): Promise<FolderReading> {
  const reading: FolderReading = { files: [], unreadableCount: 0 };
  const waiting = [{ folder, path: [folder.name] }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { path } = next;
    try {
      for await (const batch of batchesOf(next.folder)) {
        signal.throwIfAborted();
        const opened = await Promise.all(batch.filter(isFile).map(fileOf));
        for (const file of opened) {
          if (file) reading.files.push({ path: [...path, file.name], file });
          else reading.unreadableCount++;
        }
        for (const handle of batch) if (!isFile(handle)) waiting.push({ folder: handle, path: [...path, handle.name] });
        onProgress(reading);
      }
    } catch (error) {
      if (signal.aborted) throw error;
      // A folder that cannot be listed, or is gone.
      reading.unreadableCount++;
    }
  }
  return reading;
}

async function* batchesOf(folder: FileSystemDirectoryHandle): AsyncGenerator<Handle[]> {
  let batch: Handle[] = [];
  for await (const handle of folder.values()) {
    if (batch.push(handle) < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

function fileOf(handle: FileSystemFileHandle): Promise<File | null> {
  return handle.getFile().catch(() => null);
}

function isFile(handle: Handle): handle is FileSystemFileHandle {
  return handle.kind === 'file';
}
