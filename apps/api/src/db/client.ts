// Opens the SQLite file and brings its tables up to date. Knows no queries.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import * as schema from './schema.ts';

export type Database = BetterSQLite3Database<typeof schema>;

export interface OpenDatabase {
  db: Database;
  close(): void;
}

/** @param dataDir made when it is missing; `:memory:` keeps nothing */
export function openDatabase(dataDir: string): OpenDatabase {
  if (dataDir !== ':memory:') mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const sqlite = new Sqlite(dataDir === ':memory:' ? dataDir : join(dataDir, 'ferry.sqlite'));
  // WAL lets readers go on while somebody writes; with it NORMAL loses no committed row to a crash of the
  // process, at most the last ones to a loss of power (sqlite.org/wal.html).
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = NORMAL');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('busy_timeout = 5000');
  const db = drizzle(sqlite, { schema });
  migrate(db, { migrationsFolder: migrationsFolder() });
  return { db, close: () => sqlite.close() };
}

/** Beside this file in development, beside the bundle when built. */
function migrationsFolder(): string {
  const candidates = ['./migrations', './db/migrations'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  return candidates.find((path) => existsSync(path)) ?? candidates[0]!;
}
