// Looks a database and its folder over, beside a running server, and says what is wrong. Changes nothing.
import { existsSync, readdirSync, statfsSync, statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { openReadOnly } from './backup.ts';
import { regularBackups } from './backup-names.ts';
import { backupsFolder, catalogFile, databaseFile } from './data-folder.ts';
import { inWords } from './database-error.ts';
import { migrationState } from './migration-state.ts';
import { findMigrations, readMigrations } from './migrations.ts';

export interface Finding {
  subject: string;
  isFine: boolean;
  words: string;
}

const MIB = 1024 * 1024;
/** Room for a backup or two of it, and for its log. */
const ROOM_FACTOR = 3;
const ROOM_LEAST_BYTES = 64 * MIB;

export function checkDatabase(dataDir: string): Finding[] {
  const file = databaseFile(dataDir);
  const outside = () => [permissions(dataDir, file), freeSpace(dataDir, file), backups(dataDir)];
  try {
    const sqlite = openReadOnly(file);
    try {
      return [structure(sqlite), references(sqlite), migrations(sqlite), ...outside(), rows(sqlite)];
    } finally {
      sqlite.close();
    }
  } catch (error) {
    const told = inWords(error, file);
    const words = told instanceof Error ? told.message : String(told);
    return [{ subject: 'structure', isFine: false, words }, ...(existsSync(file) ? outside() : [])];
  }
}

function structure(sqlite: Database): Finding {
  const [first, ...more] = sqlite.prepare('PRAGMA integrity_check(10)').pluck().all() as string[];
  if (first === 'ok') return { subject: 'structure', isFine: true, words: 'whole' };
  return { subject: 'structure', isFine: false, words: `damaged: ${[first, ...more].join('; ')}` };
}

function references(sqlite: Database): Finding {
  const broken = sqlite.pragma('foreign_key_check') as unknown[];
  const words = broken.length === 0 ? 'whole' : `${broken.length} rows refer to rows that are not there`;
  return { subject: 'references', isFine: broken.length === 0, words };
}

function migrations(sqlite: Database): Finding {
  const known = readMigrations();
  const state = migrationState(findMigrations(sqlite), known);
  switch (state.kind) {
    case 'current':
      return { subject: 'version', isFine: true, words: `up to date (${known.at(-1)!.tag})` };
    case 'behind':
      return {
        subject: 'version',
        isFine: true,
        words: `of an older Ferry; brought up to date at the next start (${state.pending.map(({ tag }) => tag).join(', ')})`,
      };
    case 'fresh':
      return { subject: 'version', isFine: false, words: 'an empty database' };
    case 'newer':
      return { subject: 'version', isFine: false, words: 'made by a newer Ferry, which this one cannot open' };
    case 'foreign':
      return { subject: 'version', isFine: false, words: "not one of Ferry's databases" };
  }
}

/** Of a folder that nobody else may enter, the files' own permissions do not matter. */
function permissions(dataDir: string, file: string): Finding {
  const isOpen = (path: string, others: number) => (statSync(path).mode & others) !== 0;
  const words = isOpen(dataDir, 0o001)
    ? [file, catalogFile(dataDir), backupsFolder(dataDir)].filter((path) => existsSync(path) && isOpen(path, 0o006))
    : [];
  if (words.length === 0) return { subject: 'permissions', isFine: true, words: 'nobody else can read it' };
  return {
    subject: 'permissions',
    isFine: false,
    words: `everybody on this machine can read ${words.join(' and ')}: chmod -R o= ${dataDir}`,
  };
}

function freeSpace(dataDir: string, file: string): Finding {
  const { bavail, bsize } = statfsSync(dataDir);
  const freeBytes = bavail * bsize;
  const neededBytes = Math.max(ROOM_LEAST_BYTES, ROOM_FACTOR * statSync(file).size);
  const isFine = freeBytes >= neededBytes;
  const least = isFine ? '' : `, and at least ${inMiB(neededBytes)} should be`;
  return { subject: 'free space', isFine, words: `${inMiB(freeBytes)} are free${least}` };
}

/** Whether and how often is the operator's to decide: none is nothing wrong here. */
function backups(dataDir: string): Finding {
  const folder = backupsFolder(dataDir);
  const names = existsSync(folder) ? regularBackups(readdirSync(folder)) : [];
  const words = names.length === 0 ? `none in ${folder}` : `${names.length} in ${folder}, the latest ${names.at(-1)}`;
  return { subject: 'backups', isFine: true, words };
}

function rows(sqlite: Database): Finding {
  const count = (table: string) => {
    const total = sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    return `${total} ${table}`;
  };
  try {
    const words = ['users', 'devices', 'sessions', 'invites'].map(count).join(', ');
    return { subject: 'content', isFine: true, words };
  } catch (error) {
    return { subject: 'content', isFine: false, words: error instanceof Error ? error.message : String(error) };
  }
}

function inMiB(bytes: number): string {
  return `${Math.floor(bytes / MIB)} MiB`;
}
