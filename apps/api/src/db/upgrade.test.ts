import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { databaseBeforeCatalog, firstDatabase, LATER, laterDatabase } from '../testing/old-database.ts';
import { run, startServer } from '../testing/program.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { openDatabase } from './client.ts';
import { databaseFile } from './data-folder.ts';
import type { Migration } from './migration-state.ts';
import { readMigrations } from './migrations.ts';
import { upgrade } from './upgrade.ts';

const SINCE_THE_FIRST = readMigrations()
  .slice(1)
  .map(({ tag }) => tag);

function open(dataDir: string): string[] {
  const said: string[] = [];
  openDatabase(dataDir, (sentence) => said.push(sentence)).close();
  return said;
}

function contents(dataDir: string): string {
  return createHash('sha256')
    .update(readFileSync(databaseFile(dataDir)))
    .digest('hex');
}

function read<Row>(file: string, sql: string): Row[] {
  const sqlite = new Sqlite(file, { readonly: true });
  try {
    return sqlite.prepare(sql).all() as Row[];
  } finally {
    sqlite.close();
  }
}

const columns = (file: string) => read<{ name: string }>(file, 'PRAGMA table_info(users)').map(({ name }) => name);

describe('a new database', () => {
  test('is made without a backup and without a word, for the user alone', () => {
    const dataDir = join(temporaryFolder(), 'deep', 'data');
    expect(open(dataDir)).toEqual([]);
    expect(readdirSync(dataDir)).toEqual(['ferry.sqlite']);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(statSync(databaseFile(dataDir)).mode & 0o777).toBe(0o600);
    expect(columns(databaseFile(dataDir))).toContain('disabled_at');
  });

  test('that is current is opened again without a word', () => {
    const dataDir = temporaryFolder();
    open(dataDir);
    expect(open(dataDir)).toEqual([]);
  });
});

describe('an older database', () => {
  test('is migrated, and a backup has the state before', () => {
    const dataDir = temporaryFolder();
    const file = firstDatabase(dataDir);
    const [said, ...more] = open(dataDir);
    expect(more).toEqual([]);
    expect(columns(file)).toContain('disabled_at');
    expect(read(file, 'SELECT username FROM users')).toEqual([{ username: 'Ann' }]);
    expect(read(file, 'SELECT user_id FROM sessions')).toEqual([{ user_id: 'u1' }]);

    const [name, ...others] = readdirSync(join(dataDir, 'backups'));
    expect(others).toEqual([]);
    expect(name).toMatch(/^before-0001_disabled_accounts-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z\.sqlite$/);
    const backup = join(dataDir, 'backups', name!);
    expect(said).toContain(backup);
    for (const tag of SINCE_THE_FIRST) expect(said).toContain(tag);
    expect(columns(backup)).not.toContain('disabled_at');
    expect(read(backup, 'SELECT username FROM users')).toEqual([{ username: 'Ann' }]);
    expect(statSync(backup).mode & 0o777).toBe(0o600);
  });

  test('of before the catalog gets its tables, empty, and keeps what it has', () => {
    const dataDir = temporaryFolder();
    const file = databaseBeforeCatalog(dataDir);
    const [said] = open(dataDir);
    expect(said).toContain('(0002_catalog, 0003_ended_shares, 0004_store)');
    expect(read(file, 'SELECT username, disabled_at FROM users')).toEqual([{ username: 'Ann', disabled_at: null }]);
    expect(read(file, 'SELECT user_id FROM sessions')).toEqual([{ user_id: 'u1' }]);
    for (const table of ['saved_searches', 'server_keys']) expect(read(file, `SELECT * FROM ${table}`)).toEqual([]);
    expect(readdirSync(join(dataDir, 'backups'))).toEqual([expect.stringMatching(/^before-0002_catalog-/)]);
  });

  test('is migrated once by processes that open it at the same moment', async () => {
    const dataDir = temporaryFolder();
    const file = firstDatabase(dataDir);
    const program = upgradeProgram(file, []);
    const all = await Promise.all([1, 2, 3].map(() => run(['--input-type=module', '--eval', program]).ended));
    expect(all.map(({ code, err }) => [code, err])).toEqual(all.map(() => [0, '']));
    expect(all.map(({ out }) => out).join('')).toMatch(/^The database was brought up to date[^\n]*\n$/);
    expect(read(file, 'SELECT * FROM __drizzle_migrations')).toHaveLength(readMigrations().length);
    expect(readdirSync(join(dataDir, 'backups'))).toHaveLength(1);
  });

  test('whose tables are made anew keeps what refers to them', () => {
    const dataDir = temporaryFolder();
    const file = firstDatabase(dataDir);
    const rebuilt: Migration = {
      ...LATER,
      statements: [
        'CREATE TABLE new_users (user_id text PRIMARY KEY NOT NULL, username text NOT NULL)',
        'INSERT INTO new_users SELECT user_id, username FROM users',
        'DROP TABLE users',
        'ALTER TABLE new_users RENAME TO users',
      ],
    };
    upgrade({ file, known: [...readMigrations(), rebuilt], say: () => {} });
    expect(columns(file)).toEqual(['user_id', 'username']);
    expect(read(file, 'SELECT user_id FROM sessions')).toEqual([{ user_id: 'u1' }]);
  });

  test.each([
    ['fails half-way', 'CREATE TABLE twice (a); CREATE TABLE twice (a)'],
    ['leaves rows that refer to nothing', 'DELETE FROM users'],
  ])('with a migration that %s is as it was', (_, statement) => {
    const dataDir = temporaryFolder();
    const file = firstDatabase(dataDir);
    const known = [...readMigrations(), { ...LATER, statements: [statement] }];
    const attempt = () => upgrade({ file, known, say: expect.unreachable });
    expect(attempt).toThrow(expect.objectContaining({ code: 'migration-failed' }));
    expect(columns(file)).not.toContain('disabled_at');
    expect(read(file, 'SELECT username FROM users')).toEqual([{ username: 'Ann' }]);
    expect(readdirSync(join(dataDir, 'backups'))).toEqual([]);
    expect(open(dataDir)).toHaveLength(1);
  });

  test('of which no backup can be made is not touched', () => {
    const dataDir = temporaryFolder();
    firstDatabase(dataDir);
    writeFileSync(join(dataDir, 'backups'), 'a file where the folder should be');
    const before = contents(dataDir);
    expect(() => open(dataDir)).toThrow(/must be brought up to date, and no backup could be made/);
    expect(contents(dataDir)).toEqual(before);
  });

  test('survives a process that is killed while it migrates', async () => {
    const dataDir = temporaryFolder();
    const file = firstDatabase(dataDir);
    const endless = `INSERT INTO filler WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
      SELECT randomblob(1000) FROM n`;
    const later = { ...LATER, statements: ['ALTER TABLE users ADD half int', 'CREATE TABLE filler (a)', endless] };
    const process = run(['--input-type=module', '--eval', upgradeProgram(file, [later])]);
    // Far enough for pages to have gone from memory to the log.
    while (sizeOf(`${file}-wal`) < 20_000_000) await new Promise((resolve) => setTimeout(resolve, 20));
    process.kill('SIGKILL');
    await process.ended;
    expect(columns(file)).not.toContain('half');
    expect(open(dataDir)).toHaveLength(1);
    expect(columns(file)).toContain('disabled_at');
    expect(read(file, 'SELECT username FROM users')).toEqual([{ username: 'Ann' }]);
  });
});

describe('a database that is not for this build', () => {
  test('of a newer one is refused in words, and not a byte of it is changed', () => {
    const dataDir = temporaryFolder();
    laterDatabase(dataDir);
    const before = contents(dataDir);
    const last = readMigrations().at(-1)!.tag;
    expect(() => open(dataDir)).toThrow(
      new RegExp(
        `was made by a newer Ferry: its tables are of 2031-05-06, and this Ferry .* up to ${last}.*Nothing was`,
      ),
    );
    expect(contents(dataDir)).toEqual(before);
  });

  test('of a newer one is refused with the backup that this build can go back to', () => {
    const dataDir = temporaryFolder();
    firstDatabase(dataDir);
    open(dataDir);
    const [backup] = readdirSync(join(dataDir, 'backups'));
    upgrade({ file: databaseFile(dataDir), known: [...readMigrations(), LATER], say: () => {} });
    const fitting = readdirSync(join(dataDir, 'backups')).find((name) => name !== backup);
    expect(() => open(dataDir)).toThrow(`ferry-admin restore ${join(dataDir, 'backups', fitting!)}`);
  });

  test('of another program is refused, and not a byte of it is changed', () => {
    const dataDir = temporaryFolder();
    const sqlite = new Sqlite(databaseFile(dataDir));
    sqlite.exec('CREATE TABLE albums (title)');
    sqlite.close();
    const before = contents(dataDir);
    expect(() => open(dataDir)).toThrow(expect.objectContaining({ code: 'foreign' }));
    expect(contents(dataDir)).toEqual(before);
  });

  test('is refused in words when it is no database', () => {
    const dataDir = temporaryFolder();
    writeFileSync(databaseFile(dataDir), 'Dear diary, '.repeat(1000));
    expect(() => open(dataDir)).toThrow(/is not a SQLite database/);
  });

  test('is refused in words when the data folder is a file', () => {
    const dataDir = join(temporaryFolder(), 'data');
    writeFileSync(dataDir, '');
    expect(() => open(dataDir)).toThrow(expect.objectContaining({ code: 'inaccessible' }));
  });
});

test('a database that is replaced by an older one while somebody waits for its lock is brought up to date', async () => {
  const dataDir = temporaryFolder();
  const file = databaseFile(dataDir);
  open(dataDir);
  const older = firstDatabase(temporaryFolder());
  const restoring = new Sqlite(file);
  restoring.pragma('journal_mode = DELETE');
  restoring.exec('BEGIN EXCLUSIVE');
  const waiting = run([
    '--input-type=module',
    '--eval',
    `const { openDatabase } = await import(${JSON.stringify(pathOf('./client.ts'))});
    console.log('waiting');
    const { sqlite } = openDatabase(${JSON.stringify(dataDir)}, () => console.log('upgraded'));
    console.log(sqlite.prepare('SELECT username FROM users WHERE disabled_at IS NULL').pluck().get());`,
  ]);
  await waiting.says(/waiting/);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  renameSync(older, file);
  restoring.close();
  expect(await waiting.ended).toMatchObject({ code: 0, out: 'waiting\nupgraded\nAnn\n', err: '' });
}, 60_000);

test('the server says that it has brought a database up to date', async () => {
  const dataDir = temporaryFolder();
  firstDatabase(dataDir);
  const server = await startServer(dataDir);
  await server.says(/^The database was brought up to date \(0001_disabled_accounts.* A backup from before is /);
}, 60_000);

test('the server does not start on a newer database, and says why in one line', async () => {
  const dataDir = temporaryFolder();
  laterDatabase(dataDir);
  const failure = await startServer(dataDir).catch((error: unknown) => String(error));
  expect(failure).toMatch(/Ferry cannot start: [^\n]+ was made by a newer Ferry[^\n]*\n$/);
}, 60_000);

/** What a process of its own runs to bring a file up to date. */
function upgradeProgram(file: string, later: readonly Migration[]): string {
  const [upgradeModule, migrationsModule] = ['./upgrade.ts', './migrations.ts'].map(pathOf);
  return `
    const { upgrade } = await import(${JSON.stringify(upgradeModule)});
    const { readMigrations } = await import(${JSON.stringify(migrationsModule)});
    const known = [...readMigrations(), ...${JSON.stringify(later)}];
    upgrade({ file: ${JSON.stringify(file)}, known, say: console.log });`;
}

function pathOf(module: string): string {
  return fileURLToPath(new URL(module, import.meta.url));
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
