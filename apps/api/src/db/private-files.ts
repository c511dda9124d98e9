// Files and folders that only the user may read under whom Ferry runs, and that are on the disk when they are
// said to be. Knows nothing of SQLite.
import { chownSync, closeSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Makes a folder, and those above it, where there is none. */
export function makePrivateFolder(folder: string): void {
  const first = mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (first !== undefined) giveToOwnerOf(dirname(folder), folder);
}

/** @throws EEXIST when there is such a file */
export function makePrivateFile(file: string): void {
  closeSync(openSync(file, 'wx', 0o600));
  giveToOwnerOf(dirname(file), file);
}

/** What was written to a file, or renamed in a folder, survives a loss of power from now on. */
export function flush(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** A command run as root beside a server that is not must leave nothing which that server cannot open. */
function giveToOwnerOf(folder: string, path: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(folder);
  chownSync(path, uid, gid);
}
