// The part files in a folder that a person can see and change: opens them, says which chunks are really
// there, deletes them. Knows no journal; what ought to be there it is told.
import type { ReadonlyBitfield } from '../content/bitfield.ts';
import { type PartLayout, partName, partsFolderName } from './part-layout.ts';
import { withStoreErrors } from './store-error.ts';

/** Chromium writes beside the file and moves it there at the end; one that is killed leaves that behind. */
const SWAP_FILE = /^part-\d{4,}(\.\d+)?\.crswap$/;
const PART_FILE = /^part-\d{4,}$/;
/** What file managers leave in every folder they show. */
const CLUTTER = /^(\.DS_Store|Thumbs\.db|desktop\.ini)$/i;

/** A part's file as it is now, or null when there is none. */
export async function partFile(folder: FileSystemDirectoryHandle, part: number): Promise<File | null> {
  try {
    return await (await folder.getFileHandle(partName(part))).getFile();
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/** Those of the claimed chunks that are not there: somebody deleted or cut their part. */
export async function chunksNotThere(
  folder: FileSystemDirectoryHandle,
  layout: PartLayout,
  claimed: ReadonlyBitfield,
): Promise<number[]> {
  const lost: number[] = [];
  let open = { part: -1, sizeBytes: 0 };
  for (let chunk = claimed.nextSet(); chunk !== -1; chunk = claimed.nextSet(chunk + 1)) {
    const { part, position, length } = layout.place(chunk);
    if (part !== open.part) open = { part, sizeBytes: (await partFile(folder, part))?.size ?? 0 };
    if (position + length > open.sizeBytes) lost.push(chunk);
  }
  return lost;
}

/** Gives back the room that a killed browser's unfinished parts still take. */
export async function deleteSwapFiles(folder: FileSystemDirectoryHandle): Promise<void> {
  for (const name of await namesIn(folder)) {
    // Not worth an error: one that is in use or out of reach stays.
    if (SWAP_FILE.test(name)) await folder.removeEntry(name).catch(() => {});
  }
}

/**
 * Deletes a transfer's part files, and their folder unless a person put something else there; no error when
 * there are none.
 *
 * @param folder the folder that was picked
 * @throws ContentError `store-failed` when the browser may not write there any more
 * @example await deleteFolderParts(picked, transferId);
 */
export async function deleteFolderParts(folder: FileSystemDirectoryHandle, transferId: string): Promise<void> {
  await withStoreErrors(async () => {
    const name = partsFolderName(transferId);
    const parts = await folder.getDirectoryHandle(name).catch((error: unknown) => {
      if (isNotFound(error)) return null;
      throw error;
    });
    if (!parts) return;
    const names = await namesIn(parts);
    const ours = names.filter((found) => PART_FILE.test(found) || SWAP_FILE.test(found));
    if (names.every((found) => ours.includes(found) || CLUTTER.test(found))) {
      return folder.removeEntry(name, { recursive: true });
    }
    for (const found of ours) await parts.removeEntry(found);
  });
}

export function isNotFound(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'NotFoundError';
}

async function namesIn(folder: FileSystemDirectoryHandle): Promise<string[]> {
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  return names;
}
