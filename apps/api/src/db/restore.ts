// Puts a backup in the place of the database: checked before, the old one put aside, and in one step, so that a
// crash at any moment leaves either the old one or the restored one.
import { chmodSync, copyFileSync, existsSync, realpathSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { blamed, copyPages, openReadOnly } from './backup.ts';
import { backupName } from './backup-names.ts';
import { backupsFolder, companionFiles, databaseFile } from './data-folder.ts';
import { DatabaseError, inWords } from './database-error.ts';
import { lockAlone } from './lock-alone.ts';
import { migrationState } from './migration-state.ts';
import { findMigrations, readMigrations } from './migrations.ts';
import { makePrivateFolder } from './private-files.ts';
import { refuseForeign, refuseNewer } from './refused-database.ts';
import { UnfinishedCopy } from './whole-copy.ts';

/**
 * Ends every session that is in the backup: some of them may have been ended since, for a reason.
 *
 * @returns where the database is that was there before, if there was one
 * @throws DatabaseError, and then the database is as it was; `in-use` while a server has it open
 */
export async function restore(source: string, dataDir: string): Promise<string | undefined> {
  const file = databaseFile(dataDir);
  const backup = openReadOnly(source);
  let locked: Database | undefined;
  let copy: UnfinishedCopy | undefined;
  try {
    checkBackup(backup, source, dataDir);
    makePrivateFolder(dataDir);
    locked = lockAlone(file);
    copy = new UnfinishedCopy(file);
    await copyPages(backup, copy.path);
    copy.seal(source);
    endSessions(copy.path);
    const aside = existsSync(file) ? await putAside(file, locked, backupsFolder(dataDir)) : undefined;
    // A log beside another database than its own would be played into that one.
    for (const companion of companionFiles(file)) rmSync(companion, { force: true });
    copy.publish();
    return aside;
  } catch (error) {
    copy?.abandon();
    throw inWords(error, blamed(error, source, file));
  } finally {
    backup.close();
    // Last: a server that was started meanwhile waits for this, and then sees the restored one.
    locked?.close();
  }
}

function checkBackup(sqlite: Database, source: string, dataDir: string): void {
  const file = databaseFile(dataDir);
  if (existsSync(file) && realpathSync(file) === realpathSync(source)) {
    throw new DatabaseError('inaccessible', `${source} is the database itself, not a backup of it.`);
  }
  const known = readMigrations();
  const state = migrationState(findMigrations(sqlite), known);
  if (state.kind === 'newer') throw refuseNewer(state, { file: source, known, dataDir });
  if (state.kind === 'foreign') throw refuseForeign(source);
  if (state.kind === 'fresh') throw new DatabaseError('foreign', `${source} is an empty database.`);
  if (sqlite.pragma('integrity_check', { simple: true }) !== 'ok') {
    throw new DatabaseError('damaged', `${source} is damaged.`);
  }
}

function endSessions(path: string): void {
  const sqlite = new Sqlite(path);
  try {
    sqlite.exec('DELETE FROM sessions');
  } finally {
    sqlite.close();
  }
}

/** As it is, be it damaged. Without a lock it is none that SQLite could read. */
async function putAside(file: string, locked: Database | undefined, folder: string): Promise<string> {
  makePrivateFolder(folder);
  const target = join(folder, backupName('before-restore', new Date()));
  const copy = new UnfinishedCopy(target);
  try {
    if (locked) await copyPages(locked, copy.path);
    else copyFile(file, copy.path);
    if (statSync(copy.path).size !== statSync(file).size) {
      throw new DatabaseError('in-use', `${file} could not be put aside: another program is using it.`);
    }
    copy.publish();
    return target;
  } catch (error) {
    copy.abandon();
    throw inWords(error, target);
  }
}

function copyFile(from: string, to: string): void {
  copyFileSync(from, to);
  chmodSync(to, 0o600);
}
