// What was brought as staged items, each on its way to being whole: a folder fills while it is read, a handle comes when
// the browser gives it. Tells its owner about ten times a second.
import type { Brought, BroughtFile, BroughtFolder } from './brought.ts';
import type { FolderReading } from './read-folder.ts';
import { type StagedItem, sizeOf, stagedFile, stagedFolder, stagedFromFiles } from './staged-item.ts';

export interface Reading {
  item: StagedItem;
  stop: () => void;
  /** The item as it is in the end. */
  done: Promise<StagedItem>;
}

const TELL_EVERY_MS = 100;

export function readingsOf({ files, folders }: Brought, onChange: (item: StagedItem) => void): Reading[] {
  const plain = files.filter(({ handle }) => !handle).map(({ file }) => file);
  return [
    ...stagedFromFiles(plain).map((item) => ({ item, stop: () => {}, done: Promise.resolve(item) })),
    ...files.filter(({ handle }) => handle).map(fileReading),
    ...folders.map((folder) => folderReading(folder, onChange)),
  ];
}

function fileReading({ file, handle }: BroughtFile): Reading {
  const item = stagedFile(file);
  return { item, stop: () => {}, done: withHandle(item, handle) };
}

function folderReading({ name, read, handle }: BroughtFolder, onChange: (item: StagedItem) => void): Reading {
  const stopping = new AbortController();
  const item: StagedItem = { ...stagedFolder(name, []), isReading: true };
  let toldAt = 0;
  const whole = read({
    signal: stopping.signal,
    onProgress({ files, unreadableCount }) {
      const now = performance.now();
      if (now - toldAt < TELL_EVERY_MS) return;
      toldAt = now;
      onChange({ ...item, files: [...files], sizeBytes: sizeOf(files), unreadableCount });
    },
  }).catch((error): FolderReading => {
    if (stopping.signal.aborted) throw error;
    return { files: [], unreadableCount: 1 };
  });
  const done = whole.then(async ({ files, unreadableCount }) => {
    const found = { ...item, files, sizeBytes: sizeOf(files), unreadableCount, isReading: false };
    const read = await withHandle(found, handle);
    onChange(read);
    return read;
  });
  // Stopping is no failure: who stopped it does not wait for it.
  done.catch(() => {});
  return { item, stop: () => stopping.abort(), done };
}

async function withHandle(item: StagedItem, handle: BroughtFile['handle']): Promise<StagedItem> {
  return { ...item, handle: (await handle) ?? null };
}

/** There is something in it, or there may be. */
export function isUsable(item: StagedItem): boolean {
  return item.isReading || item.files.length > 0;
}
