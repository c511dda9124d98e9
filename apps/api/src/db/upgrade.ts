// Brings a database file up to date, with a backup before, or refuses it. Either it is changed as a whole or not
// at all, whoever else tries the same at that moment.
import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite, { type Database, SqliteError } from 'better-sqlite3';
import { backUpSync, openReadOnly } from './backup.ts';
import { backupName } from './backup-names.ts';
import { backupsFolder } from './data-folder.ts';
import { DatabaseError } from './database-error.ts';
import { type Migration, type MigrationState, migrationState } from './migration-state.ts';
import { applyMigrations, findMigrations } from './migrations.ts';
import { makePrivateFile, makePrivateFolder } from './private-files.ts';
import { refuseForeign, refuseNewer } from './refused-database.ts';

/** Another process may be doing the same: its backup of a large database takes a while. */
const WAIT_MS = 60_000;

export interface Upgrade {
  file: string;
  known: readonly Migration[];
  /** Is told in a sentence what was done. */
  say: (sentence: string) => void;
}

/**
 * Makes the file when there is none.
 *
 * @throws DatabaseError, and then nothing was changed
 */
export function upgrade({ file, known, say }: Upgrade): void {
  if (!existsSync(file)) makeEmpty(file);
  // What needs nothing is opened for reading only, so that what is refused stays as it is to the last byte.
  if (stateForReading(file, known)?.kind === 'current') return;
  const sqlite = new Sqlite(file, { timeout: WAIT_MS });
  try {
    sqlite.pragma('foreign_keys = OFF');
    sqlite.exec('BEGIN IMMEDIATE');
    migrateLocked(sqlite, { file, known, say });
  } finally {
    if (sqlite.inTransaction) sqlite.exec('ROLLBACK');
    sqlite.close();
  }
}

/** Looks again: while this process waited for the lock another one may have done it all. */
function migrateLocked(sqlite: Database, { file, known, say }: Upgrade): void {
  const state = accepted(migrationState(findMigrations(sqlite), known), file, known);
  if (state.kind === 'current') return;
  const backup = state.kind === 'behind' ? backUpBefore(state.pending[0]!, file) : undefined;
  try {
    applyMigrations(sqlite, state.pending);
    sqlite.exec('COMMIT');
  } catch (error) {
    // The same as what there still is: a server that is started again and again would fill the disk with them.
    if (backup) rmSync(backup);
    const reason = error instanceof Error ? error.message : String(error);
    throw new DatabaseError(
      'migration-failed',
      `${file} could not be brought up to date (${reason}). It is as it was.`,
      { cause: error },
    );
  }
  if (!backup) return;
  const tags = state.pending.map(({ tag }) => tag).join(', ');
  say(`The database was brought up to date (${tags}). A backup from before is ${backup}`);
}

/** Its own connection: what a transaction has not changed yet, others may read. */
function backUpBefore({ tag }: Migration, file: string): string {
  const folder = backupsFolder(dirname(file));
  const target = join(folder, backupName(`before-${tag}`, new Date()));
  try {
    makePrivateFolder(folder);
    backUpSync(file, target);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const sentence = `${file} must be brought up to date, and no backup could be made before. ${reason}`;
    throw new DatabaseError('migration-failed', sentence, { cause: error });
  }
  return target;
}

/** Undefined for one whose last writer was killed in such a way that it cannot even be read without repairing it. */
function stateForReading(file: string, known: readonly Migration[]): MigrationState | undefined {
  let sqlite: Database | undefined;
  try {
    sqlite = openReadOnly(file);
    return accepted(migrationState(findMigrations(sqlite), known), file, known);
  } catch (error) {
    const cause = error instanceof DatabaseError ? error.cause : error;
    if (cause instanceof SqliteError && /^SQLITE_(READONLY|CANTOPEN)/.test(cause.code)) return undefined;
    throw error;
  } finally {
    sqlite?.close();
  }
}

type AcceptedState = Exclude<MigrationState, { kind: 'newer' | 'foreign' }>;

function accepted(state: MigrationState, file: string, known: readonly Migration[]): AcceptedState {
  if (state.kind === 'newer') throw refuseNewer(state, { file, known, dataDir: dirname(file) });
  if (state.kind === 'foreign') throw refuseForeign(file);
  return state;
}

function makeEmpty(file: string): void {
  try {
    makePrivateFile(file);
  } catch (error) {
    // Another process was faster.
    if (!existsSync(file)) throw error;
  }
}
