// Where received bundles lie in the origin private file system, and how a file of one is read. Used by the
// engine's worker, which writes them, and by the page, which saves them elsewhere.
import { DATA_FILE } from '@ferry/webrtc-core/stores/opfs';

/** The folder of all bundles of an account: two colleagues may share a browser. */
export async function bundlesFolder(userId: string): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  const user = await root.getDirectoryHandle(userId, { create: true });
  return user.getDirectoryHandle('bundles', { create: true });
}

/** All bytes of a finished bundle, files end to end; a slice of it is a file. Nothing is read yet. */
export async function bundleData(userId: string, transferId: string): Promise<File> {
  const bundles = await bundlesFolder(userId);
  const folder = await bundles.getDirectoryHandle(transferId);
  return (await folder.getFileHandle(DATA_FILE)).getFile();
}

/** A new place for the zip of a bundle. */
export async function newArchive(userId: string, transferId: string): Promise<FileSystemFileHandle> {
  const root = await navigator.storage.getDirectory();
  const user = await root.getDirectoryHandle(userId, { create: true });
  const archives = await user.getDirectoryHandle('archives', { create: true });
  return archives.getFileHandle(`${transferId}.zip`, { create: true });
}

/** Archives only serve a download that runs now; at the start of the engine none does. */
export async function clearArchives(userId: string): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const user = await root.getDirectoryHandle(userId, { create: true });
  await user.removeEntry('archives', { recursive: true }).catch(() => {
    // There were none.
  });
}
