// How old the newest backup is. Knows not how backups are made, only where they lie.
import { open, readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ServerCheck } from '@ferry/shared';
import { backupsFolder } from '../db/data-folder.ts';
import { found } from './found.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const OLD_DAYS = 7;
/** What every SQLite file begins with: one that broke off, or is being written, does not. */
const HEADER = 'SQLite format 3\0';

interface Backup {
  file: string;
  madeAtMs: number;
  sizeBytes: number;
}

export async function checkBackup(dataDir: string, nowMs: number): Promise<ServerCheck> {
  const folder = resolve(backupsFolder(dataDir));
  const newest = await newestBackup(folder);
  if (!newest) return found('backup.none', 'warning', { folder });
  const { file, madeAtMs, sizeBytes } = newest;
  const ageDays = Math.max(0, Math.floor((nowMs - madeAtMs) / DAY_MS));
  const facts = { file, madeAt: new Date(madeAtMs).toISOString(), sizeBytes, ageDays };
  return ageDays < OLD_DAYS ? found('backup.recent', 'ok', facts) : found('backup.old', 'warning', facts);
}

async function newestBackup(folder: string): Promise<Backup | undefined> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.sqlite')).map((name) => join(folder, name));
  const backups = await Promise.all(files.map(describe));
  return backups.filter((backup) => backup !== undefined).sort((a, b) => b.madeAtMs - a.madeAtMs)[0];
}

async function describe(file: string): Promise<Backup | undefined> {
  try {
    const { mtimeMs, size } = await stat(file);
    await using handle = await open(file);
    const { buffer } = await handle.read(Buffer.alloc(HEADER.length), 0, HEADER.length, 0);
    return buffer.toString('latin1') === HEADER ? { file, madeAtMs: mtimeMs, sizeBytes: size } : undefined;
  } catch {
    // Deleted meanwhile, or not for us to read.
    return undefined;
  }
}
