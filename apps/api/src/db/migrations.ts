// The migrations that this build knows, and how they are applied. Knows no files but their own; what is to be
// done about a database is decided in migration-state.ts.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Database as Sqlite } from 'better-sqlite3';
import type { Found, Migration } from './migration-state.ts';

/** In the order in which they are applied. */
export function readMigrations(folder = migrationsFolder()): Migration[] {
  const journal: { entries: { tag: string; when: number }[] } = JSON.parse(
    readFileSync(join(folder, 'meta', '_journal.json'), 'utf8'),
  );
  return journal.entries.map(({ tag, when }) => {
    const text = readFileSync(join(folder, `${tag}.sql`), 'utf8');
    const hash = createHash('sha256').update(text).digest('hex');
    return { tag, writtenAt: when, hash, statements: text.split('--> statement-breakpoint') };
  });
}

/** What there is in a database, of ours or not. Reads only. */
export function findMigrations(sqlite: Sqlite): Found {
  const tables = sqlite.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[];
  const applied = tables.includes('__drizzle_migrations')
    ? (sqlite.prepare('SELECT created_at FROM __drizzle_migrations').pluck().all() as number[]).map(Number)
    : [];
  return { hasTables: tables.some((name) => name !== '__drizzle_migrations'), applied };
}

/**
 * Inside the caller's transaction, and with `foreign_keys` off: to change a table in SQLite is to make it anew and
 * drop the old one, which would take along what refers to it (sqlite.org/lang_altertable.html, section 7).
 *
 * Not drizzle's own `migrate`: it takes no lock before it looks, so that two processes could both begin.
 */
export function applyMigrations(sqlite: Sqlite, pending: readonly Migration[]): void {
  sqlite.exec(
    'CREATE TABLE IF NOT EXISTS __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)',
  );
  const remember = sqlite.prepare('INSERT INTO __drizzle_migrations (hash, created_at) VALUES (?, ?)');
  for (const { statements, hash, writtenAt } of pending) {
    for (const statement of statements) sqlite.exec(statement);
    remember.run(hash, writtenAt);
  }
  const broken = sqlite.pragma('foreign_key_check') as unknown[];
  if (broken.length > 0) throw new Error(`${broken.length} rows refer to rows that are not there`);
}

/** Beside this file in development, beside the bundle when built. */
function migrationsFolder(): string {
  const candidates = ['./migrations', './db/migrations'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
  return candidates.find((path) => existsSync(path)) ?? candidates[0]!;
}
