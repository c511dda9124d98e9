// Backups of a database that others may be using: everything that was committed when the copy began, in one
// file of its own. Knows no migrations.
import { existsSync } from 'node:fs';
import Sqlite, { type Database, SqliteError } from 'better-sqlite3';
import { DatabaseError, inWords } from './database-error.ts';
import { UnfinishedCopy } from './whole-copy.ts';

/** In one step: a copy in several begins anew whenever somebody writes in between. Writers do not wait for it. */
const ALL_PAGES = 0x7fff_ffff;

/**
 * @param source path of a database, of any version
 * @param target path of a file that is not there yet, in a folder that is
 * @throws DatabaseError
 * @example await backUp('/data/ferry.sqlite', '/data/backups/ferry-2026-11-27T08-00-00.000Z.sqlite')
 */
export async function backUp(source: string, target: string): Promise<void> {
  const { sqlite, copy } = begin(source, target);
  try {
    await copyPages(sqlite, copy.path);
    copy.seal(source);
    copy.publish();
  } catch (error) {
    copy.abandon();
    throw inWords(error, blamed(error, source, target));
  } finally {
    sqlite.close();
  }
}

/** The same at once, for who may not let anything happen meanwhile. */
export function backUpSync(source: string, target: string): void {
  const { sqlite, copy } = begin(source, target);
  try {
    sqlite.prepare('VACUUM INTO ?').run(copy.path);
    copy.seal(source);
    copy.publish();
  } catch (error) {
    copy.abandon();
    throw inWords(error, blamed(error, source, target));
  } finally {
    sqlite.close();
  }
}

/** Page by page, damaged ones too. */
export function copyPages(sqlite: Database, path: string): Promise<unknown> {
  return sqlite.backup(path, { progress: () => ALL_PAGES });
}

/** @throws DatabaseError when it is not there, or no database */
export function openReadOnly(file: string): Database {
  if (!existsSync(file)) throw new DatabaseError('inaccessible', `${file} is not there.`);
  let sqlite: Database | undefined;
  try {
    sqlite = new Sqlite(file, { readonly: true, fileMustExist: true });
    // SQLite looks into a file only when it must.
    sqlite.prepare('SELECT count(*) FROM sqlite_schema').get();
    return sqlite;
  } catch (error) {
    sqlite?.close();
    throw inWords(error, file);
  }
}

/** SQLite does not say which of two files it means. A copy is not damaged unless the original is. */
export function blamed(error: unknown, source: string, target: string): string {
  return error instanceof SqliteError && /CORRUPT|NOTADB|SHORT_READ/.test(error.code) ? source : target;
}

function begin(source: string, target: string): { sqlite: Database; copy: UnfinishedCopy } {
  if (existsSync(target)) throw new DatabaseError('inaccessible', `${target} is there already.`);
  const sqlite = openReadOnly(source);
  try {
    return { sqlite, copy: new UnfinishedCopy(target) };
  } catch (error) {
    sqlite.close();
    throw error;
  }
}
