// Keeps every other process out of a database, or finds out that one has it open. Changes nothing that is in it.
import { existsSync } from 'node:fs';
import Sqlite, { type Database, SqliteError } from 'better-sqlite3';

const WAIT_MS = 1000;

/**
 * @returns the connection whose closing lets others in again; undefined when there is nothing to lock: no file, or
 * none that SQLite could open
 * @throws SqliteError SQLITE_BUSY when another process has it open, even one that does nothing with it
 */
export function lockAlone(file: string): Database | undefined {
  if (!existsSync(file)) return undefined;
  const sqlite = new Sqlite(file, { fileMustExist: true, timeout: WAIT_MS });
  try {
    // Every Ferry process uses WAL, and leaving WAL is refused while anybody else is in it (sqlite.org/wal.html).
    // What is in the log goes into the database then, so that it is a single file.
    sqlite.pragma('journal_mode = DELETE');
    sqlite.pragma('locking_mode = EXCLUSIVE');
    sqlite.exec('BEGIN EXCLUSIVE; COMMIT');
    return sqlite;
  } catch (error) {
    sqlite.close();
    if (error instanceof SqliteError && /^SQLITE_(NOTADB|CORRUPT)/.test(error.code)) return undefined;
    throw error;
  }
}
