import { chownSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { makePrivateFile, makePrivateFolder } from './private-files.ts';

const SOMEBODY = 12_345;

test('files and folders are for nobody else, and made once', () => {
  const folder = join(temporaryFolder(), 'a', 'b');
  makePrivateFolder(folder);
  makePrivateFolder(folder);
  const file = join(folder, 'file');
  makePrivateFile(file);
  expect([folder, file].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600]);
  expect(() => makePrivateFile(file)).toThrow(expect.objectContaining({ code: 'EEXIST' }));
});

test.skipIf(process.getuid?.() !== 0)('what root makes is the folder’s owner’s', () => {
  const dataDir = join(temporaryFolder(), 'data');
  mkdirSync(dataDir);
  chownSync(dataDir, SOMEBODY, SOMEBODY);
  const paths = [join(dataDir, 'backups'), join(dataDir, 'file'), join(dataDir, 'backups', 'file')];
  makePrivateFolder(paths[0]!);
  for (const file of paths.slice(1)) makePrivateFile(file);
  expect(paths.map((path) => statSync(path).uid)).toEqual([SOMEBODY, SOMEBODY, SOMEBODY]);
});
