import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../db/client.ts';
import { backupsFolder, databaseFile } from '../db/data-folder.ts';
import { checkBackup } from './backup-check.ts';
import { checkDatabase } from './database-check.ts';
import { checkDisk } from './disk-check.ts';

const DAY_S = 24 * 60 * 60;
const GIB = 1024 ** 3;
const MIB = 1024 ** 2;

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'ferry-doctor-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const open = (folder: string) => openDatabase(folder, () => {});

describe('the database', () => {
  test('is whole', () => {
    const { db, close } = open(dataDir);
    const { size } = statSync(databaseFile(dataDir));
    expect(checkDatabase(db, dataDir)).toMatchObject({ code: 'database.ok', facts: { sizeBytes: size } });
    close();
  });

  test('in memory is a warning', () => {
    const { db, close } = open(':memory:');
    expect(checkDatabase(db, ':memory:')).toMatchObject({ code: 'database.in-memory', outcome: 'warning' });
    close();
  });

  test('with a page overwritten by the disk is a problem', () => {
    const first = open(dataDir);
    // One that it opens without.
    const page = first.sqlite
      .prepare(`SELECT rootpage FROM sqlite_master WHERE name = 'users'`)
      .pluck()
      .get() as number;
    const pageBytes = first.sqlite.pragma('page_size', { simple: true }) as number;
    first.close();
    const descriptor = openSync(databaseFile(dataDir), 'r+');
    writeSync(descriptor, Buffer.alloc(pageBytes, 0xff), 0, null, (page - 1) * pageBytes);
    closeSync(descriptor);
    const { db, close } = open(dataDir);
    expect(checkDatabase(db, dataDir)).toMatchObject({ code: 'database.damaged', outcome: 'problem' });
    close();
  });
});

describe('the disk', () => {
  test.each([
    [2 * GIB, 'disk.ok', 'ok'],
    [GIB - 1, 'disk.low', 'warning'],
    [100 * MIB - 1, 'disk.full', 'problem'],
  ])('with %d bytes free: %s', async (freeBytes, code, outcome) => {
    const check = await checkDisk(dataDir, async () => ({ freeBytes, totalBytes: 10 * GIB }));
    expect(check).toEqual({ id: 'disk', code, outcome, facts: { folder: dataDir, freeBytes, totalBytes: 10 * GIB } });
  });

  test('is measured', async () => {
    const { facts } = await checkDisk(dataDir);
    expect(facts).toEqual({ folder: dataDir, freeBytes: expect.any(Number), totalBytes: expect.any(Number) });
  });

  test('that is gone cannot be', async () => {
    const folder = join(dataDir, 'gone');
    expect(await checkDisk(folder)).toMatchObject({ code: 'disk.unknown', facts: { folder, error: 'ENOENT' } });
  });
});

describe('the newest backup', () => {
  const NOW_S = 1_800_000_000;

  function backup(name: string, ageDays: number, content = 'SQLite format 3\0 and more'): string {
    mkdirSync(backupsFolder(dataDir), { recursive: true });
    const file = join(backupsFolder(dataDir), name);
    writeFileSync(file, content);
    utimesSync(file, NOW_S, NOW_S - ageDays * DAY_S);
    return file;
  }

  const check = () => checkBackup(dataDir, NOW_S * 1000);

  test('is missing', async () => {
    const facts = { folder: backupsFolder(dataDir) };
    expect(await check()).toEqual({ id: 'backup', code: 'backup.none', outcome: 'warning', facts });
  });

  test('is of this week', async () => {
    backup('ferry-1.sqlite', 30);
    const file = backup('ferry-2.sqlite', 6.9);
    expect(await check()).toEqual({
      id: 'backup',
      code: 'backup.recent',
      outcome: 'ok',
      facts: { file, madeAt: new Date((NOW_S - 6.9 * DAY_S) * 1000).toISOString(), sizeBytes: 25, ageDays: 6 },
    });
  });

  test('is old', async () => {
    const file = backup('ferry-1.sqlite', 8);
    expect(await check()).toMatchObject({ code: 'backup.old', outcome: 'warning', facts: { file, ageDays: 8 } });
  });

  test('is none that broke off, and no other file', async () => {
    const file = backup('ferry-1.sqlite', 9);
    backup('ferry-2.sqlite', 1, '');
    backup('ferry-3.sqlite', 1, 'no database at all');
    backup('notes.txt', 1);
    expect(await check()).toMatchObject({ code: 'backup.old', facts: { file } });
  });
});
