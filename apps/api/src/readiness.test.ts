import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type OpenDatabase, openDatabase } from './db/client.ts';
import { Readiness } from './readiness.ts';

let folder: string;
let open: OpenDatabase;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ferry-readiness-'));
  open = openDatabase(folder, () => {});
});
afterEach(() => {
  open.close();
  rmSync(folder, { recursive: true });
});

test('a database that takes writes is ready', () => {
  expect(new Readiness(open.db).problem()).toBeUndefined();
});

test('one that only lets itself be read is not', () => {
  open.sqlite.pragma('query_only = ON');
  expect(new Readiness(open.db).problem()).toMatchObject({ code: 'SQLITE_READONLY' });
});

test('nor is one on a full disk, though its lock can be had; room is enough to be ready again', ({ skip }) => {
  const disk = join(folder, 'disk');
  mkdirSync(disk);
  const mounted = spawnSync('/bin/mount', ['-t', 'tmpfs', '-o', 'size=4M', 'tmpfs', disk]);
  skip(mounted.status !== 0, 'only root on Linux can make a small disk');
  const onDisk = openDatabase(disk, () => {});
  try {
    onDisk.sqlite.pragma('wal_checkpoint(TRUNCATE)');
    const rest = join(disk, 'rest');
    expect(() => writeFileSync(rest, Buffer.alloc(5 * 1024 * 1024))).toThrow(/ENOSPC/);
    onDisk.sqlite.exec('BEGIN IMMEDIATE; ROLLBACK');
    expect(new Readiness(onDisk.db).problem()).toMatchObject({ code: 'SQLITE_FULL' });
    rmSync(rest);
    expect(new Readiness(onDisk.db).problem()).toBeUndefined();
  } finally {
    onDisk.close();
    spawnSync('/bin/umount', [disk]);
  }
});

test('nor is one that another program keeps locked; afterwards the waiting is as long as before', () => {
  const other = new Sqlite(join(folder, 'ferry.sqlite'));
  other.exec('BEGIN IMMEDIATE');
  expect(new Readiness(open.db).problem()).toMatchObject({ code: 'SQLITE_BUSY' });
  expect(open.sqlite.pragma('busy_timeout', { simple: true })).toBe(5000);
  other.exec('ROLLBACK');
  other.close();
  expect(new Readiness(open.db).problem()).toBeUndefined();
});

test('asking does not grow the file, changes nothing in it, and its log is used over and over', () => {
  const version = () => open.sqlite.pragma('user_version', { simple: true });
  const file = join(folder, 'ferry.sqlite');
  open.sqlite.pragma('wal_checkpoint(TRUNCATE)');
  const [sizeBytes, versionBefore] = [statSync(file).size, version()];
  // SQLite starts its log anew after a thousand pages (sqlite.org/wal.html, section 3.2).
  for (let round = 0; round < 3000; round++) new Readiness(open.db).problem();
  expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
  expect(statSync(`${file}-wal`).size).toBeLessThan(1100 * 4200);
  open.sqlite.pragma('wal_checkpoint(TRUNCATE)');
  expect([statSync(file).size, version()]).toEqual([sizeBytes, versionBefore]);
});

test('the disk is asked once for everybody who asks within a second', () => {
  const readiness = new Readiness(open.db);
  expect(readiness.problem()).toBeUndefined();
  const changesBefore = statSync(join(folder, 'ferry.sqlite-wal')).size;
  for (let round = 0; round < 20; round++) readiness.problem();
  expect(statSync(join(folder, 'ferry.sqlite-wal')).size).toBe(changesBefore);
});
