import { catalogKindOf } from '@ferry/shared';
import { expect, test } from 'vitest';
import { extensionOf } from './entry-kind.ts';

test.each([
  ['Report.PDF', 'pdf', 'pdf'],
  ['archive.tar.gz', 'gz', 'archive'],
  ['song.mp3', 'mp3', 'audio'],
  ['main.ts', 'ts', 'code'],
  ['README', '', 'other'],
  ['.gitignore', '', 'other'],
  ['ends.', '', 'other'],
  ['Version 2. final draft', '', 'other'],
  ['x.averyveryverylongextension', '', 'other'],
])('%s has the extension "%s" and is of kind %s', (name, extension, kind) => {
  expect(extensionOf(name)).toBe(extension);
  expect(catalogKindOf(extension)).toBe(kind);
});
