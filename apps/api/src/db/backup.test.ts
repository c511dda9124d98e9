import { readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { firstDatabase } from '../testing/old-database.ts';
import { run } from '../testing/program.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { backUp, backUpSync } from './backup.ts';

/** Room for a header and nothing else that a page of the database needs. */
const HALF = 0.5;

function filled(): { source: string; target: string; folder: string } {
  const source = firstDatabase(temporaryFolder());
  const sqlite = new Sqlite(source);
  sqlite.exec('CREATE TABLE filler (a)');
  const insert = sqlite.prepare('INSERT INTO filler VALUES (randomblob(1000))');
  sqlite.transaction(() => {
    for (let row = 0; row < 2000; row++) insert.run();
  })();
  sqlite.close();
  const folder = temporaryFolder();
  return { source, folder, target: join(folder, 'backup.sqlite') };
}

function count(file: string): number {
  const sqlite = new Sqlite(file, { readonly: true });
  try {
    expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
    return sqlite.prepare('SELECT count(*) FROM filler').pluck().get() as number;
  } finally {
    sqlite.close();
  }
}

describe.each([
  ['page by page', backUp],
  ['at once', async (source: string, target: string) => backUpSync(source, target)],
])('a backup %s', (_, make) => {
  test('is one file for the user alone, with everything that is committed and nothing that is not', async () => {
    const { source, target, folder } = filled();
    const server = new Sqlite(source);
    server.exec('INSERT INTO filler VALUES (1)');
    server.exec('BEGIN IMMEDIATE; INSERT INTO filler VALUES (2)');
    await make(source, target);
    server.close();
    expect(readdirSync(folder)).toEqual(['backup.sqlite']);
    expect(statSync(target).mode & 0o777).toBe(0o600);
    expect(count(target)).toBe(2001);
  });

  test('does not overwrite a file', async () => {
    const { source, target } = filled();
    writeFileSync(target, 'mine');
    await expect(make(source, target)).rejects.toThrow(`${target} is there already.`);
    expect(statSync(target).size).toBe(4);
  });

  test('of a damaged database is not made', async () => {
    const { source, target, folder } = filled();
    truncateSync(source, statSync(source).size * HALF);
    await expect(make(source, target)).rejects.toThrow(`${source} is damaged.`);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('of a database that somebody has locked is not made', async () => {
    const { source, target, folder } = filled();
    const other = new Sqlite(source);
    other.pragma('journal_mode = DELETE');
    other.exec('BEGIN EXCLUSIVE');
    await expect(make(source, target)).rejects.toMatchObject({ code: 'in-use' });
    other.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is made over what a killed one has left', async () => {
    const { source, target, folder } = filled();
    writeFileSync(`${target}.partial`, 'half of a backup');
    writeFileSync(`${target}.partial-journal`, 'and what belonged to it');
    await make(source, target);
    expect(readdirSync(folder)).toEqual(['backup.sqlite']);
    expect(count(target)).toBe(2000);
  });

  test('into a folder that is not there is refused in words', async () => {
    const { source, target } = filled();
    await expect(make(source, `${target}/no/such.sqlite`)).rejects.toMatchObject({ code: 'inaccessible' });
  });
});

test('a backup is whole while another process writes without a pause', async () => {
  const { source, target } = filled();
  const writer = run([
    '--input-type=module',
    '--eval',
    `import Sqlite from ${JSON.stringify(import.meta.resolve('better-sqlite3'))};
    const sqlite = new Sqlite(${JSON.stringify(source)});
    const pair = sqlite.transaction(() => sqlite.exec('INSERT INTO filler VALUES (1); INSERT INTO filler VALUES (1)'));
    console.log('writing');
    for (;;) pair();`,
  ]);
  await writer.says(/writing/);
  await backUp(source, target);
  writer.kill('SIGKILL');
  const rows = count(target);
  expect(rows % 2).toBe(0);
  expect(rows).toBeLessThan(count(source));
});
