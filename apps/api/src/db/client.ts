// Opens the SQLite file with its tables up to date. Knows no queries.
import { statSync } from 'node:fs';
import Sqlite, { type Database as SqliteConnection } from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { databaseFile } from './data-folder.ts';
import { inWords } from './database-error.ts';
import { applyMigrations, readMigrations } from './migrations.ts';
import { makePrivateFolder } from './private-files.ts';
import * as schema from './schema.ts';
import { upgrade } from './upgrade.ts';

export type Database = BetterSQLite3Database<typeof schema>;

/** For file systems whose inode numbers are made up anew each time. */
const MOST_TRIES = 3;

export interface OpenDatabase {
  db: Database;
  /** The connection under it, to be measured. */
  sqlite: SqliteConnection;
  close(): void;
}

/**
 * @param dataDir made when it is missing; `:memory:` keeps nothing
 * @param say is told in a sentence when the database was brought up to date
 * @throws DatabaseError, and then nothing was changed
 */
export function openDatabase(dataDir: string, say: (sentence: string) => void = console.log): OpenDatabase {
  const sqlite = dataDir === ':memory:' ? openInMemory() : openInFolder(dataDir, say);
  const db = drizzle(sqlite, { schema });
  return { db, sqlite, close: () => sqlite.close() };
}

function openInMemory(): SqliteConnection {
  const sqlite = new Sqlite(':memory:');
  applyMigrations(sqlite, readMigrations());
  sqlite.pragma('foreign_keys = ON');
  return sqlite;
}

function openInFolder(dataDir: string, say: (sentence: string) => void): SqliteConnection {
  const file = databaseFile(dataDir);
  const known = readMigrations();
  try {
    makePrivateFolder(dataDir);
    for (let tries = 1; ; tries++) {
      const before = inodeOf(file);
      upgrade({ file, known, say });
      const sqlite = connect(file);
      // Whoever waited for the lock of a restore waited with a file that is nobody's any more.
      if (inodeOf(file) === before || tries === MOST_TRIES) return sqlite;
      sqlite.close();
    }
  } catch (error) {
    throw inWords(error, file);
  }
}

function connect(file: string): SqliteConnection {
  const sqlite = new Sqlite(file, { timeout: 5000 });
  // WAL lets readers go on while somebody writes. With NORMAL it would lose the last committed rows with the power
  // (sqlite.org/pragma.html#pragma_synchronous): an uploader that was told "safe", and has left, must not be told so by them.
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  return sqlite;
}

function inodeOf(file: string): number | undefined {
  return statSync(file, { throwIfNoEntry: false })?.ino;
}
