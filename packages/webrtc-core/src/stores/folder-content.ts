// A bundle that lies partly in the origin private file system and partly in a folder of the user's, as one
// Blob. For the page as for workers: opens nothing for writing, reads no chunk.
import { Bitfield } from '../content/bitfield.ts';
import { CHUNK_BYTES } from '../content/chunk.ts';
import type { BundleLayout } from '../content/layout.ts';
import { ContentError } from '../errors.ts';
import { isNotFound, partFile } from './folder-parts.ts';
import { claimsIn } from './journal-file.ts';
import { DATA_FILE, JOURNAL_FILE } from './opfs-stores.ts';
import { PartLayout, partsFolderName } from './part-layout.ts';
import { withStoreErrors } from './store-error.ts';

export const FOLDER_JOURNAL_FILE = 'folder-journal';

/** Where a bundle's bytes are. */
export interface FolderPlaces {
  /** The transfer's folder in the origin private file system: what was received first, and the journals. */
  journal: FileSystemDirectoryHandle;
  /** The folder that was picked, for the rest. */
  folder: FileSystemDirectoryHandle;
  layout: BundleLayout;
  transferId: string;
}

/** Stands for chunks that were never received, so that everything else is at its offset. */
const ZEROS = new Blob([new Uint8Array(CHUNK_BYTES)]);

interface Piece {
  file: Blob;
  start: number;
  end: number;
}

/**
 * The bundle's bytes in storage order, files end to end; a slice of it is a file. Nothing is read yet, and
 * the files must stay as they are until it is. Chunks that are not held are zeros.
 *
 * @throws ContentError `store-failed` when a file is gone or shorter than it was
 * @example const content = await contentBlob({ journal, folder, layout, transferId });
 */
export async function contentBlob({ journal, folder, layout, transferId }: FolderPlaces): Promise<Blob> {
  return withStoreErrors(async () => {
    const inBase = await claimsOf(journal, JOURNAL_FILE, layout);
    const inFolder = await claimsOf(journal, FOLDER_JOURNAL_FILE, layout);
    const base = inBase.count === 0 ? null : await (await journal.getFileHandle(DATA_FILE)).getFile();
    const parts = inFolder.count === 0 ? null : await folder.getDirectoryHandle(partsFolderName(transferId));
    const partLayout = new PartLayout(layout);
    const pieces: Piece[] = [];
    let open: { part: number; file: Blob | null } = { part: -1, file: null };
    for (let chunk = 0; chunk < layout.chunkCount; chunk++) {
      const { storageOffset, length } = layout.place(chunk);
      if (inBase.has(chunk)) addPiece(pieces, base, storageOffset, length);
      else if (inFolder.has(chunk)) {
        const { part, position } = partLayout.place(chunk);
        if (part !== open.part) open = { part, file: await partFile(parts!, part) };
        addPiece(pieces, open.file, position, length);
      } else pieces.push({ file: ZEROS, start: 0, end: length });
    }
    return new Blob(pieces.map(({ file, start, end }) => file.slice(start, end)));
  });
}

async function claimsOf(folder: FileSystemDirectoryHandle, name: string, layout: BundleLayout): Promise<Bitfield> {
  try {
    const journal = await (await folder.getFileHandle(name)).getFile();
    return await claimsIn(journal, layout.chunkCount);
  } catch (error) {
    if (isNotFound(error)) return new Bitfield(layout.chunkCount);
    throw error;
  }
}

/** What follows the last piece in the same file becomes a part of it. */
function addPiece(pieces: Piece[], file: Blob | null, start: number, length: number): void {
  const end = start + length;
  if (!file || file.size < end) throw ContentError.storeFailed();
  const last = pieces.at(-1);
  if (last?.file === file && last.end === start) last.end = end;
  else pieces.push({ file, start, end });
}
