import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { beforeEach, expect, test } from 'vitest';
import { firstDatabase, laterDatabase } from '../testing/old-database.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { backUp } from './backup.ts';
import { openDatabase } from './client.ts';
import { backupsFolder, catalogFile, databaseFile } from './data-folder.ts';
import { checkDatabase } from './health-check.ts';

let dataDir: string;
let file: string;
beforeEach(() => {
  dataDir = temporaryFolder();
  file = databaseFile(dataDir);
  openDatabase(dataDir).close();
});

const wrong = () =>
  checkDatabase(dataDir)
    .filter(({ isFine }) => !isFine)
    .map(({ subject, words }) => `${subject}: ${words}`);
const words = (subject: string) => checkDatabase(dataDir).find((finding) => finding.subject === subject)?.words;

test('a new database beside its server has nothing wrong', () => {
  const { sqlite, close } = openDatabase(dataDir);
  sqlite.prepare("INSERT INTO users VALUES ('u1', 'Ann', 'ann', 'hash', 1, 1, NULL)").run();
  expect(wrong()).toEqual([]);
  expect(words('content')).toBe('1 users, 0 devices, 0 sessions, 0 invites');
  close();
});

test('an older database is nothing wrong, and stays as old as it is', () => {
  rmSync(file);
  firstDatabase(dataDir);
  expect(wrong()).toEqual([]);
  expect(words('version')).toMatch(/^of an older Ferry; brought up to date at the next start/);
});

test('a newer database is wrong', () => {
  rmSync(file);
  laterDatabase(dataDir);
  expect(wrong()).toEqual(['version: made by a newer Ferry, which this one cannot open']);
});

test('one damaged page is found, and nothing thrown', () => {
  const bytes = readFileSync(file);
  bytes.fill(0xff, bytes.length - 4096);
  writeFileSync(file, bytes);
  expect(wrong()).toContainEqual(expect.stringMatching(/^structure: damaged: /));
});

test('damage to all of it is found, and nothing thrown', () => {
  const bytes = readFileSync(file);
  bytes.fill(0xff, 4096);
  writeFileSync(file, bytes);
  expect(wrong()).toContainEqual(expect.stringMatching(/^structure: .*damaged/));
});

test('a file that is no database is found, and nothing thrown', () => {
  writeFileSync(file, 'Dear diary, '.repeat(1000));
  expect(wrong()).toEqual([`structure: ${file} is not a SQLite database.`]);
});

test('a row that refers to nothing is found', () => {
  const sqlite = new Sqlite(file);
  sqlite.pragma('foreign_keys = OFF');
  sqlite.exec("INSERT INTO sessions (token_hash, user_id, created_at, expires_at) VALUES (x'00', 'nobody', 1, 1)");
  sqlite.close();
  expect(wrong()).toEqual(['references: 1 rows refer to rows that are not there']);
});

test('what everybody can read is wrong only in a folder that everybody can enter', () => {
  chmodSync(file, 0o644);
  expect(wrong()).toEqual([]);
  chmodSync(dataDir, 0o755);
  expect(wrong()).toEqual([`permissions: everybody on this machine can read ${file}: chmod -R o= ${dataDir}`]);
  chmodSync(file, 0o640);
  expect(wrong()).toEqual([]);
});

test('a catalog beside it is looked at for who can read it, and nothing else', () => {
  writeFileSync(catalogFile(dataDir), 'no database at all', { mode: 0o600 });
  chmodSync(dataDir, 0o755);
  expect(wrong()).toEqual([]);
  chmodSync(catalogFile(dataDir), 0o644);
  expect(wrong()).toEqual([expect.stringContaining(`can read ${catalogFile(dataDir)}:`)]);
});

test('the latest backup is named', async () => {
  mkdirSync(backupsFolder(dataDir));
  expect(words('backups')).toMatch(/^none in /);
  await backUp(file, `${backupsFolder(dataDir)}/ferry-2026-11-27T08-00-00.000Z.sqlite`);
  expect(words('backups')).toMatch(/^1 in .*, the latest ferry-2026-11-27T08-00-00.000Z.sqlite$/);
});
