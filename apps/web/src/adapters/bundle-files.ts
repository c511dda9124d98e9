// Where received bundles lie in the origin private file system, and how a file of one is read. Used by the
// engine's worker, which writes them, and by the page, which saves them elsewhere.
import { DATA_FILE } from '@ferry/webrtc-core/stores/opfs';

/** The folder of all bundles of an account: two colleagues may share a browser. */
export async function bundlesFolder(userId: string): Promise<FileSystemDirectoryHandle> {
  return (await userFolder(userId)).getDirectoryHandle('bundles', { create: true });
}

/** All bytes of a finished bundle, files end to end; a slice of it is a file. Nothing is read yet. */
export async function bundleData(userId: string, transferId: string): Promise<File> {
  const bundles = await bundlesFolder(userId);
  const folder = await bundles.getDirectoryHandle(transferId);
  return (await folder.getFileHandle(DATA_FILE)).getFile();
}

/** For what only serves the moment: the zip of a download, a measurement. */
export async function scratchFolder(userId: string): Promise<FileSystemDirectoryHandle> {
  return (await userFolder(userId)).getDirectoryHandle('scratch', { create: true });
}

/** At the start of the engine nothing of it is in use. */
export async function clearScratch(userId: string): Promise<void> {
  const user = await userFolder(userId);
  await user.removeEntry('scratch', { recursive: true }).catch(() => {
    // There was none.
  });
}

async function userFolder(userId: string): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(userId, { create: true });
}
