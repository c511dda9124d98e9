// How much this browser would still keep, found by asking for it: Chromium tells every page the same quota
// (usage plus 10 GiB) whatever it enforces, so `navigator.storage.estimate()` neither promises nor forbids
// anything. Knows nothing of what the room is for.
import { openSyncAccessHandle } from '@ferry/webrtc-core/stores/opfs';

/** More than any disk that a browser fills; the search ends far below it. */
const MOST_BYTES = 2 ** 44;
/** Nobody chooses files by less than this, nor by less than a hundredth. */
const PRECISION_BYTES = 1024 * 1024;

interface Sizable {
  truncate(sizeBytes: number): void;
}

/**
 * @param folder where a file may be for a moment; no bytes are written to it
 * @param enoughBytes when there is as much as this, it does not matter how much more there is
 */
export async function measureFreeBytes(folder: FileSystemDirectoryHandle, enoughBytes = MOST_BYTES): Promise<number> {
  const name = crypto.randomUUID();
  try {
    const handle = await openSyncAccessHandle(await folder.getFileHandle(name, { create: true }));
    try {
      return largestSize(handle, enoughBytes);
    } finally {
      handle.close();
    }
  } catch {
    // Not even an empty file.
    return 0;
  } finally {
    await folder.removeEntry(name).catch(() => {});
  }
}

/** In one go, so that nothing this worker writes meets a disk that the search has just filled. */
export function largestSize(file: Sizable, enoughBytes: number): number {
  if (accepts(file, enoughBytes)) return enoughBytes;
  let fits = 0;
  let tooMuch = enoughBytes;
  while (tooMuch - fits > Math.max(PRECISION_BYTES, fits / 100)) {
    const middle = Math.floor((fits + tooMuch) / 2);
    if (accepts(file, middle)) fits = middle;
    else tooMuch = middle;
  }
  return fits;
}

function accepts(file: Sizable, sizeBytes: number): boolean {
  try {
    file.truncate(sizeBytes);
  } catch {
    return false;
  }
  file.truncate(0);
  return true;
}
