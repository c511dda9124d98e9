import { expect, test } from 'vitest';
import { fileKind } from './file-kind.ts';

test.each([
  ['cut.MOV', '', 'video'],
  ['budget.xlsx', 'application/vnd.ms-excel', 'sheet'],
  ['main.ts', 'video/mp2t', 'code'],
  ['photo', 'image/jpeg', 'image'],
  ['release.tar.gz', '', 'archive'],
  ['Makefile', '', 'other'],
])('%s (%s) is %s', (name, type, kind) => expect(fileKind(name, type)).toBe(kind));
