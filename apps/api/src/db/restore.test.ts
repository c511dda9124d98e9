import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { beforeEach, describe, expect, test } from 'vitest';
import { firstDatabase, laterDatabase } from '../testing/old-database.ts';
import { run } from '../testing/program.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { backUp } from './backup.ts';
import { openDatabase } from './client.ts';
import { databaseFile } from './data-folder.ts';
import { restore } from './restore.ts';

let dataDir: string;
let file: string;
let backup: string;
beforeEach(async () => {
  dataDir = temporaryFolder();
  file = databaseFile(dataDir);
  const { sqlite, close } = openDatabase(dataDir);
  const addUser = sqlite.prepare('INSERT INTO users VALUES (?, ?, ?, ?, 1, 1, NULL)');
  addUser.run('u1', 'Ann', 'ann', 'hash');
  sqlite
    .prepare("INSERT INTO sessions (token_hash, user_id, created_at, expires_at) VALUES (x'00', 'u1', 1, 9e15)")
    .run();
  backup = join(temporaryFolder(), 'backup.sqlite');
  await backUp(file, backup);
  addUser.run('u2', 'Ben', 'ben', 'hash');
  close();
});

function read(path: string, sql: string): unknown[] {
  const sqlite = new Sqlite(path, { readonly: true });
  try {
    return sqlite.prepare(sql).pluck().all();
  } finally {
    sqlite.close();
  }
}

const users = (path: string) => read(path, 'SELECT username FROM users ORDER BY username');

/** The database has not been touched, and nothing has been left. */
function expectUntouched(before: Buffer): void {
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(readdirSync(dataDir).filter((name) => !/-(wal|shm)$/.test(name))).toEqual(['ferry.sqlite']);
}

test('the backup is the database then, what was there is put aside, and everybody is signed out', async () => {
  const aside = await restore(backup, dataDir);
  expect(users(file)).toEqual(['Ann']);
  expect(read(file, 'SELECT * FROM sessions')).toEqual([]);
  expect(users(aside!)).toEqual(['Ann', 'Ben']);
  expect(aside).toMatch(/\/backups\/before-restore-[^/]+\.sqlite$/);
  expect([file, aside!].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600]);
  // The backup can be restored once more.
  expect(read(backup, 'SELECT user_id FROM sessions')).toEqual(['u1']);
  openDatabase(dataDir).close();
  expect(users(file)).toEqual(['Ann']);
});

test('what was put aside can be restored itself', async () => {
  const aside = await restore(backup, dataDir);
  await restore(aside!, dataDir);
  expect(users(file)).toEqual(['Ann', 'Ben']);
});

test('a restore into a folder without a database makes one', async () => {
  const empty = join(temporaryFolder(), 'new');
  expect(await restore(backup, empty)).toBeUndefined();
  expect(users(databaseFile(empty))).toEqual(['Ann']);
  expect(readdirSync(empty)).toEqual(['ferry.sqlite']);
});

test('an older backup is brought up to date when it is opened, with a backup of its own', async () => {
  const older = firstDatabase(temporaryFolder());
  await restore(older, dataDir);
  const said: string[] = [];
  openDatabase(dataDir, (sentence) => said.push(sentence)).close();
  expect(said).toHaveLength(1);
  expect(users(file)).toEqual(['Ann']);
});

test('a copy that somebody made of a database in use is restored with its log', async () => {
  const { sqlite, close } = openDatabase(dataDir);
  sqlite.prepare("UPDATE users SET username = 'Cem' WHERE username = 'Ben'").run();
  const copied = join(temporaryFolder(), 'copied.sqlite');
  for (const ending of ['', '-wal']) copyFileSync(`${file}${ending}`, `${copied}${ending}`);
  close();
  await restore(copied, dataDir);
  expect(users(file)).toEqual(['Ann', 'Cem']);
});

describe('a restore is refused, and the database untouched,', () => {
  test('while another process has it open, even if that does nothing', async () => {
    const before = readFileSync(file);
    const other = run([
      '--input-type=module',
      '--eval',
      `import Sqlite from ${JSON.stringify(import.meta.resolve('better-sqlite3'))};
      const sqlite = new Sqlite(${JSON.stringify(file)});
      sqlite.pragma('journal_mode = WAL');
      sqlite.prepare('SELECT count(*) FROM users').get();
      console.log('open');
      setInterval(() => sqlite.open, 1000);`,
    ]);
    await other.says(/open/);
    await expect(restore(backup, dataDir)).rejects.toMatchObject({ code: 'in-use' });
    expectUntouched(before);
    other.kill('SIGKILL');
    await other.ended;
    await restore(backup, dataDir);
    expect(users(file)).toEqual(['Ann']);
  });

  test.each<[string, string, (source: string) => void]>([
    ['no file', 'is not there', () => {}],
    ['no database', 'is not a SQLite database', (source) => writeFileSync(source, 'Dear diary, '.repeat(1000))],
    ['an empty file', 'is an empty database', (source) => writeFileSync(source, '')],
    [
      'another program’s',
      'is a database, but not one of Ferry',
      (source) => new Sqlite(source).exec('CREATE TABLE a (b)'),
    ],
    [
      'damaged',
      'is damaged',
      (source) => {
        copyFileSync(backup, source);
        truncateSync(source, statSync(source).size / 2);
      },
    ],
    [
      'damaged inside',
      'is damaged',
      (source) => {
        const bytes = readFileSync(backup);
        bytes.fill(0xff, bytes.length / 2);
        writeFileSync(source, bytes);
      },
    ],
    [
      'of a newer Ferry',
      'was made by a newer Ferry',
      (source) => {
        copyFileSync(laterDatabase(temporaryFolder()), source);
      },
    ],
  ])('when the backup is %s', async (_, words, make) => {
    const source = join(temporaryFolder(), 'source.sqlite');
    make(source);
    const before = readFileSync(file);
    await expect(restore(source, dataDir)).rejects.toThrow(`${source} ${words}`);
    expectUntouched(before);
  });

  test('when the backup is the database itself', async () => {
    const before = readFileSync(file);
    await expect(restore(join(dataDir, '.', 'ferry.sqlite'), dataDir)).rejects.toThrow(/is the database itself/);
    expectUntouched(before);
  });

  test('when what is there cannot be put aside', async () => {
    writeFileSync(join(dataDir, 'backups'), 'a file where the folder should be');
    await expect(restore(backup, dataDir)).rejects.toMatchObject({ code: 'inaccessible' });
    expect(users(file)).toEqual(['Ann', 'Ben']);
    expect(existsSync(`${file}.partial`)).toBe(false);
  });
});

describe('a restore is what helps', () => {
  test('when the database is none any more: it is put aside as it is, and no log of it is left', async () => {
    writeFileSync(file, 'Dear diary, '.repeat(1000));
    writeFileSync(`${file}-wal`, 'a log');
    const aside = await restore(backup, dataDir);
    expect(readFileSync(aside!, 'utf8')).toMatch(/^Dear diary/);
    expect(existsSync(`${file}-wal`)).toBe(false);
    expect(users(file)).toEqual(['Ann']);
  });

  test('when the database is damaged inside', async () => {
    const bytes = readFileSync(file);
    bytes.fill(0xff, bytes.length / 2);
    writeFileSync(file, bytes);
    const aside = await restore(backup, dataDir);
    expect(
      readFileSync(aside!)
        .subarray(bytes.length / 2)
        .every((byte) => byte === 0xff),
    ).toBe(true);
    expect(users(file)).toEqual(['Ann']);
  });

  test('after one that was killed', async () => {
    writeFileSync(`${file}.partial`, 'half of a backup');
    await restore(backup, dataDir);
    expect(users(file)).toEqual(['Ann']);
    expect(readdirSync(dataDir).sort()).toEqual(['backups', 'ferry.sqlite']);
  });
});
