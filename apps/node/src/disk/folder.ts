// Folders of this program's own: private, and on the disk when they are said to be. Knows nothing of what is in them.
import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/** Those above it, too; no error when it exists. */
export function makeFolder(path: string): void {
  const first = mkdirSync(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = path; made !== dirname(first); made = dirname(made)) flushFolder(dirname(made));
}

/** What was made, renamed or deleted in it survives a loss of power from now on. */
export function flushFolder(path: string): void {
  // Windows opens no folders, and writes their entries at once.
  if (process.platform === 'win32') return;
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
