import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ColumnRecord } from '@ferry/store-holder';
import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { NodeFolder } from './node-folder.ts';

const VERSION = '5c0d5f0a-6d9e-4a0b-8a53-9a0f3f1c2d02';
const record = (index: number, more: Partial<ColumnRecord> = {}): ColumnRecord => ({
  ...{ column: { versionId: VERSION, group: 3, index }, sizeBytes: 7, contentId: null, state: 'fetching', sinceMs: 5 },
  ...more,
});

test('records are there again, the last word on each, after the folder was closed and opened', async () => {
  const path = join(temporaryFolder(), 'deep', 'folder');
  const folder = await NodeFolder.open(path);
  await folder.records.put(record(0));
  await folder.records.put(record(1));
  await folder.records.put(record(0, { state: 'held', contentId: 'c', sizeBytes: 64 * 1024 ** 2, sinceMs: 1e12 }));
  await folder.records.remove(record(1).column);
  await folder.records.remove(record(2).column);
  folder.close();
  const again = await NodeFolder.open(path);
  expect(await again.records.all()).toEqual([
    record(0, { state: 'held', contentId: 'c', sizeBytes: 64 * 1024 ** 2, sinceMs: 1e12 }),
  ]);
  again.close();
});

test('what was recorded is there after a program that did not close it', async () => {
  const path = temporaryFolder();
  const folder = await NodeFolder.open(path);
  await folder.records.put(record(0));
  // What a killed program leaves: the database, and a log that was not merged into it.
  const [copy, files] = [temporaryFolder(), ['columns.sqlite', 'columns.sqlite-wal']];
  for (const file of files) writeFileSync(join(copy, file), readFileSync(join(path, file)));
  const left = await NodeFolder.open(copy);
  expect(await left.records.all()).toEqual([record(0)]);
  left.close();
  folder.close();
});

test('two programs do not use one folder', async () => {
  const path = temporaryFolder();
  const folder = await NodeFolder.open(path);
  await expect(NodeFolder.open(path)).rejects.toMatchObject({
    code: 'folder-in-use',
    message: 'Another ferry-node uses this folder. Each needs a folder of its own.',
  });
  folder.close();
  (await NodeFolder.open(path)).close();
});

test('keys are made once, and are for this user alone', async () => {
  const path = temporaryFolder();
  const folder = await NodeFolder.open(path);
  const made = await crypto.subtle.exportKey('jwk', folder.keys.signing.publicKey);
  folder.close();
  expect(statSync(join(path, 'keys.json')).mode & 0o777).toBe(0o600);
  expect(existsSync(join(path, 'keys.json.new'))).toBe(false);
  const again = await NodeFolder.open(path);
  expect(await crypto.subtle.exportKey('jwk', again.keys.signing.publicKey)).toEqual(made);
  expect(again.keys.signing.privateKey.extractable).toBe(false);
  again.close();
});

test('keys that cannot be read are not replaced', async () => {
  const path = temporaryFolder();
  (await NodeFolder.open(path)).close();
  writeFileSync(join(path, 'keys.json'), '{"signing":');
  await expect(NodeFolder.open(path)).rejects.toMatchObject({ code: 'folder-unusable' });
  expect(readFileSync(join(path, 'keys.json'), 'utf8')).toBe('{"signing":');
});

test.each([
  ['a file', (path: string) => writeFileSync(path, ''), 'is not a folder'],
  ['no database', (path: string) => writeFileSync(join(path, 'columns.sqlite'), 'x'.repeat(5000)), 'cannot be used'],
  [
    'a later version’s',
    (path: string) => {
      const sqlite = new Sqlite(join(path, 'columns.sqlite'));
      sqlite.pragma('user_version = 9');
      sqlite.close();
    },
    'a later version',
  ],
])('what it is given is %s: it says so', async (what, spoil, said) => {
  const path = join(temporaryFolder(), 'x');
  if (what !== 'a file') (await NodeFolder.open(path)).close();
  spoil(path);
  await expect(NodeFolder.open(path)).rejects.toMatchObject({
    code: 'folder-unusable',
    message: expect.stringContaining(said),
  });
});

test.skipIf(process.getuid?.() === 0)('a folder that may not be written is named', async () => {
  const path = temporaryFolder();
  chmodSync(path, 0o500);
  await expect(NodeFolder.open(join(path, 'x'))).rejects.toMatchObject({ code: 'folder-unusable' });
});

test('it knows what the disk still takes', async () => {
  const folder = await NodeFolder.open(temporaryFolder());
  expect(await folder.freeBytes()).toBeGreaterThan(0);
  folder.close();
});
