// What lies where in the data folder. Touches no disk.
import { join } from 'node:path';

export function databaseFile(dataDir: string): string {
  return join(dataDir, 'ferry.sqlite');
}

/** Derived from what browsers publish: in no backup, and gone whenever it is in the way. */
export function catalogFile(dataDir: string): string {
  return join(dataDir, 'catalog.sqlite');
}

export function backupsFolder(dataDir: string): string {
  return join(dataDir, 'backups');
}

/** Files that SQLite keeps beside a database while it is open, or after a crash. */
export function companionFiles(file: string): string[] {
  return ['-wal', '-shm', '-journal'].map((ending) => `${file}${ending}`);
}
