import { closeSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { DatabaseError } from '../db/database-error.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { isBroken, openCatalog, prepareCatalog } from './catalog-file.ts';

function prepared(file: string): { isNew: boolean; said: string[] } {
  const said: string[] = [];
  return { isNew: prepareCatalog(file, (sentence) => said.push(sentence)), said };
}

test('a catalog is made once, for nobody else to read, and is quietly found again', () => {
  const file = join(temporaryFolder(), 'catalog.sqlite');
  expect(prepared(file)).toEqual({ isNew: true, said: [] });
  openCatalog(file, 'write').exec("INSERT INTO owners (user_id) VALUES ('anna')");
  for (const path of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(prepared(file)).toEqual({ isNew: false, said: [] });
  expect(openCatalog(file, 'read').prepare('SELECT user_id FROM owners').pluck().all()).toEqual(['anna']);
});

test.each([
  ['of another version', /another version/, (file: string) => new Sqlite(file).pragma('user_version = 4711')],
  ['no database', /damaged/, (file: string) => writeFileSync(file, 'x'.repeat(10_000))],
  ['half made', /another version/, (file: string) => writeFileSync(file, '')],
])('one that is %s is made anew, with a sentence that says so', (_, words, spoil) => {
  const file = join(temporaryFolder(), 'catalog.sqlite');
  prepareCatalog(file, () => {});
  const before = openCatalog(file, 'write');
  before.exec("INSERT INTO owners (user_id) VALUES ('anna')");
  before.close();
  spoil(file);
  const { isNew, said } = prepared(file);
  expect(isNew).toBe(true);
  expect(said).toEqual([expect.stringMatching(words)]);
  expect(said[0]).toContain('browsers publish again');
  expect(openCatalog(file, 'read').prepare('SELECT count(*) FROM owners').pluck().get()).toBe(0);
});

test('one that turns out to be damaged later is recognised by the error', () => {
  const file = join(temporaryFolder(), 'catalog.sqlite');
  prepareCatalog(file, () => {});
  const descriptor = openSync(file, 'r+');
  // All but the first page.
  const { size } = statSync(file);
  writeSync(descriptor, Buffer.alloc(size - 4096, 0xee), 0, size - 4096, 4096);
  closeSync(descriptor);
  let met: unknown;
  try {
    openCatalog(file, 'read').prepare('SELECT * FROM owners').all();
  } catch (error) {
    met = error;
  }
  expect(isBroken(met)).toBe(true);
});

test('where none can be made there is a sentence for the operator', () => {
  const folder = temporaryFolder();
  expect(() => prepareCatalog(join(folder, 'missing', 'catalog.sqlite'), () => {})).toThrow(DatabaseError);
});
