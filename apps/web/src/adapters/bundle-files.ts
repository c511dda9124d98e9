// Where the engine keeps its files in the origin private file system. Knows only folders.

/** The folder of all bundles of an account: two colleagues may share a browser. */
export async function bundlesFolder(userId: string): Promise<FileSystemDirectoryHandle> {
  return (await userFolder(userId)).getDirectoryHandle('bundles', { create: true });
}

/** For the hashes of what was sent, a folder each transfer. */
export async function sendsFolder(userId: string): Promise<FileSystemDirectoryHandle> {
  return (await userFolder(userId)).getDirectoryHandle('sends', { create: true });
}

/** For columns of the Store that are kept for others, a folder each. */
export async function columnsFolder(userId: string): Promise<FileSystemDirectoryHandle> {
  return (await userFolder(userId)).getDirectoryHandle('columns', { create: true });
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
