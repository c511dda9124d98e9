import { expect, test } from 'vitest';
import { backupName, regularBackups, superfluousBackups } from './backup-names.ts';

const [first, second, third] = [1, 2, 3].map((day) => backupName('ferry', new Date(Date.UTC(2026, 10, day))));
const others = [
  backupName('before-0001_init', new Date(0)),
  backupName('before-restore', new Date(0)),
  `${first}.partial`,
  'ferry.sqlite',
  'ferry-mine.sqlite',
  'ferry-2026-11-27.sqlite',
];

test('a name holds the time, and no colon', () => {
  expect(backupName('ferry', new Date(Date.UTC(2026, 10, 27, 8, 9, 10, 11)))).toBe(
    'ferry-2026-11-27T08-09-10.011Z.sqlite',
  );
});

test('only names that Ferry gives are regular backups', () => {
  expect(regularBackups([third!, ...others, first!, second!])).toEqual([first, second, third]);
});

test.each([
  [1, [first, second]],
  [2, [first]],
  [3, []],
  [9, []],
])('with %i to keep, the oldest of its own beyond are too many', (keep, expected) => {
  expect(superfluousBackups([second!, ...others, third!, first!], keep)).toEqual(expected);
});
