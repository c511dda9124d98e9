// Databases on the disk as builds other than this one leave them.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite, { type Database as SqliteConnection } from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { databaseFile } from '../db/data-folder.ts';
import type { Migration } from '../db/migration-state.ts';
import { applyMigrations, readMigrations } from '../db/migrations.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What a later build would have. */
export const LATER: Migration = {
  tag: '0999_later',
  writtenAt: Date.UTC(2031, 4, 6),
  hash: 'later',
  statements: ['CREATE TABLE later (a)'],
};

/** A database of the first build, made as that made it, with one user and a session of theirs. @returns its file */
export function firstDatabase(dataDir: string): string {
  return makeDatabase(dataDir, (sqlite) => migrate(drizzle(sqlite), { migrationsFolder: migrationsUpTo(1) }));
}

/** The same of the last build that had no catalog. @returns its file */
export function databaseBeforeCatalog(dataDir: string): string {
  return makeDatabase(dataDir, (sqlite) => migrate(drizzle(sqlite), { migrationsFolder: migrationsUpTo(2) }));
}

/** A database of a build that is later than this one. @returns its file */
export function laterDatabase(dataDir: string): string {
  return makeDatabase(dataDir, (sqlite) => applyMigrations(sqlite, [...readMigrations(), LATER]));
}

/** A folder of migrations as a build with so many of them had it. */
function migrationsUpTo(count: number): string {
  const folder = temporaryFolder();
  cpSync(fileURLToPath(new URL('../db/migrations', import.meta.url)), folder, { recursive: true });
  const journalFile = join(folder, 'meta', '_journal.json');
  const journal = JSON.parse(readFileSync(journalFile, 'utf8'));
  writeFileSync(journalFile, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }));
  return folder;
}

function makeDatabase(dataDir: string, makeTables: (sqlite: SqliteConnection) => void): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const sqlite = new Sqlite(databaseFile(dataDir));
  sqlite.pragma('journal_mode = WAL');
  makeTables(sqlite);
  sqlite.exec(`
    INSERT INTO users (user_id, username, username_key, password_hash, is_admin, created_at)
      VALUES ('u1', 'Ann', 'ann', 'hash', 1, 1);
    INSERT INTO sessions (token_hash, user_id, created_at, expires_at) VALUES (x'00', 'u1', 1, ${Date.now() * 2});`);
  sqlite.close();
  return databaseFile(dataDir);
}
