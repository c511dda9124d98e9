// Writes one file into a picked folder, making the folders on its way, and minding files that are there
// already. Knows nothing of transfers.
import { numbered } from '@ferry/webrtc-core';
import type { ConflictPolicy } from './save-contract.ts';

/** @returns whether it was written; false when a file of that name was there and the policy is to skip */
export async function saveToFolder(
  root: FileSystemDirectoryHandle,
  path: readonly string[],
  content: Blob,
  policy: ConflictPolicy,
): Promise<boolean> {
  let folder = root;
  for (const segment of path.slice(0, -1)) folder = await folder.getDirectoryHandle(segment, { create: true });
  const name = path.at(-1)!;
  const target = policy === 'rename' ? await freeName(folder, name) : name;
  if (policy === 'skip' && (await exists(folder, name))) return false;
  const file = await folder.getFileHandle(target, { create: true });
  // A writable keeps the old content until it is closed: an interrupted save harms nothing.
  await content.stream().pipeTo(await file.createWritable());
  return true;
}

async function freeName(folder: FileSystemDirectoryHandle, name: string): Promise<string> {
  let free = name;
  for (let number = 2; await exists(folder, free); number++) free = numbered(name, number);
  return free;
}

async function exists(folder: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  try {
    await folder.getFileHandle(name);
    return true;
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    // TypeMismatchError: a folder of that name is there.
    return error.name === 'TypeMismatchError';
  }
}
