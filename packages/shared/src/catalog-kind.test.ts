import { expect, test } from 'vitest';
import { catalogKindOf } from './catalog-kind.ts';

test.each([
  ['docx', 'document'],
  ['csv', 'spreadsheet'],
  ['key', 'presentation'],
  ['pdf', 'pdf'],
  ['heic', 'image'],
  ['mov', 'video'],
  ['flac', 'audio'],
  ['7z', 'archive'],
  ['ts', 'code'],
  ['', 'other'],
  ['unheard-of', 'other'],
])('a file with the extension %j is of the kind %s', (extension, kind) => {
  expect(catalogKindOf(extension)).toBe(kind);
});

test.each(['constructor', '__proto__', 'toString'])('%s is no extension that anybody knows', (extension) => {
  expect(catalogKindOf(extension)).toBe('other');
});
