// How much room is left where the database and its backups lie.
import { statfs } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ServerCheck } from '@ferry/shared';
import { found } from './found.ts';

const LOW_BYTES = 1024 ** 3;
const FULL_BYTES = 100 * 1024 ** 2;

interface Room {
  freeBytes: number;
  totalBytes: number;
}

export async function checkDisk(
  dataDir: string,
  roomOf: (folder: string) => Promise<Room> = measure,
): Promise<ServerCheck> {
  const folder = resolve(dataDir);
  try {
    const facts = { folder, ...(await roomOf(folder)) };
    if (facts.freeBytes < FULL_BYTES) return found('disk.full', 'problem', facts);
    return facts.freeBytes < LOW_BYTES ? found('disk.low', 'warning', facts) : found('disk.ok', 'ok', facts);
  } catch (error) {
    return found('disk.unknown', 'warning', { folder, error: (error as NodeJS.ErrnoException).code ?? 'unknown' });
  }
}

/** What root alone may use does not count. */
async function measure(folder: string): Promise<Room> {
  const { bavail, blocks, bsize } = await statfs(folder);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}
