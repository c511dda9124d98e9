// catalog.sqlite as a file: made, opened, and thrown away when it is of another version or broken. That loses nothing,
// because browsers publish again what they share. Knows no tables.
import { existsSync, rmSync } from 'node:fs';
import Sqlite, { type Database, SqliteError } from 'better-sqlite3';
import { companionFiles } from '../db/data-folder.ts';
import { inWords } from '../db/database-error.ts';
import { makePrivateFile } from '../db/private-files.ts';
import { CATALOG_VERSION, createCatalogTables } from './catalog-schema.ts';

const BUSY_TIMEOUT_MS = 5000;
const CACHE_KIB = 64 * 1024;
/** 16 MiB of log: pages that change again and again reach the database once. */
const CHECKPOINT_PAGES = 4000;

/**
 * Sees to it that there is one that this build can use.
 *
 * @param say is told in a sentence why what was there had to go
 * @returns whether it is a new one, with nothing in it
 * @throws DatabaseError when it can be neither used nor made
 */
export function prepareCatalog(file: string, say: (sentence: string) => void): boolean {
  try {
    if (existsSync(file)) {
      const reason = whyUnusable(file);
      if (reason === undefined) return false;
      say(`The index of the catalog, ${file}, ${reason}. It is made anew: browsers publish again what they share.`);
    }
    deleteCatalog(file);
    makePrivateFile(file);
    const sqlite = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS });
    try {
      sqlite.pragma('journal_mode = WAL');
      createCatalogTables(sqlite);
    } finally {
      sqlite.close();
    }
    return true;
  } catch (error) {
    throw inWords(error, file);
  }
}

/** For one thread that writes, or one that reads. */
export function openCatalog(file: string, role: 'write' | 'read'): Database {
  const sqlite = new Sqlite(file, { fileMustExist: true, readonly: role === 'read', timeout: BUSY_TIMEOUT_MS });
  sqlite.pragma(`cache_size = -${CACHE_KIB}`);
  if (role === 'write') {
    // Loses nothing to a crash of the process, and a loss of power leaves the database whole (sqlite.org/wal.html).
    sqlite.pragma('synchronous = NORMAL');
    sqlite.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  }
  return sqlite;
}

export function deleteCatalog(file: string): void {
  for (const path of [file, ...companionFiles(file)]) rmSync(path, { force: true });
}

/** SQLite looks into a file only when it must: it may find out late. */
export function isBroken(error: unknown): boolean {
  return error instanceof SqliteError && /^SQLITE_(NOTADB|CORRUPT|IOERR_SHORT_READ)/.test(error.code);
}

function whyUnusable(file: string): string | undefined {
  let sqlite: Database | undefined;
  try {
    sqlite = new Sqlite(file, { timeout: BUSY_TIMEOUT_MS });
    const version = sqlite.pragma('user_version', { simple: true });
    sqlite.prepare('SELECT count(*) FROM sqlite_schema').get();
    return version === CATALOG_VERSION ? undefined : 'is of another version of Ferry';
  } catch (error) {
    if (isBroken(error)) return 'is damaged';
    throw error;
  } finally {
    sqlite?.close();
  }
}
