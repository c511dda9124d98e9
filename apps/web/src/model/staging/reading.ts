// A dropped folder as a staged item that fills while the folder is read. Tells its owner about ten times a second.
import { readFolder } from './read-folder.ts';
import { type StagedItem, sizeOf, stagedFolder } from './staged-item.ts';

export interface Reading {
  item: StagedItem;
  stop: () => void;
  /** The item as it is in the end. */
  done: Promise<StagedItem>;
}

const TELL_EVERY_MS = 100;

export function readingOf(folder: FileSystemDirectoryEntry, onChange: (item: StagedItem) => void): Reading {
  const stopping = new AbortController();
  const item: StagedItem = { ...stagedFolder(folder.name, []), isReading: true };
  let toldAt = 0;
  const done = readFolder(folder, {
    signal: stopping.signal,
    onProgress({ files, unreadableCount }) {
      const now = performance.now();
      if (now - toldAt < TELL_EVERY_MS) return;
      toldAt = now;
      onChange({ ...item, files: [...files], sizeBytes: sizeOf(files), unreadableCount });
    },
  }).then(({ files, unreadableCount }) => {
    const read = { ...item, files, sizeBytes: sizeOf(files), unreadableCount, isReading: false };
    onChange(read);
    return read;
  });
  // Stopping is no failure: who stopped it does not wait for it.
  done.catch(() => {});
  return { item, stop: () => stopping.abort(), done };
}

/** There is something in it, or there may be. */
export function isUsable(item: StagedItem): boolean {
  return item.isReading || item.files.length > 0;
}
