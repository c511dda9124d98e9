// Whether what somebody shares is shared already: the same folder or files on this disk, whatever their names. Knows
// shares only by their handles.
import type { SourceHandle } from '../../adapters/engine-contract.ts';
import type { ShareRecord } from './catalog-database.ts';

/** The share of this folder, if there is one. */
export async function shareOfFolder(
  shares: readonly ShareRecord[],
  folder: FileSystemHandle,
): Promise<ShareRecord | undefined> {
  for (const share of shares) {
    if (share.kind === 'folder' && (await isAmong(share.handles, folder))) return share;
  }
  return undefined;
}

/** Those files that are in no share of files yet. */
export async function notShared(
  shares: readonly ShareRecord[],
  files: readonly SourceHandle[],
): Promise<{ fresh: SourceHandle[]; known: ShareRecord | undefined }> {
  const fresh: SourceHandle[] = [];
  let known: ShareRecord | undefined;
  for (const file of files) {
    const share = await shareOfFile(shares, file);
    if (share) known ??= share;
    else fresh.push(file);
  }
  return { fresh, known };
}

async function shareOfFile(shares: readonly ShareRecord[], file: SourceHandle): Promise<ShareRecord | undefined> {
  for (const share of shares) {
    if (share.kind === 'files' && (await isAmong(share.handles, file.handle))) return share;
  }
  return undefined;
}

/** Names first: asking the browser takes a while, and a file that was renamed has another handle anyway. */
async function isAmong(handles: readonly SourceHandle[], handle: FileSystemHandle): Promise<boolean> {
  for (const other of handles) {
    if (other.handle.name === handle.name && (await other.handle.isSameEntry(handle))) return true;
  }
  return false;
}
