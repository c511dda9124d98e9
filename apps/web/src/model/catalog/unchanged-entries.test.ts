import type { CatalogEntry } from '@ferry/shared';
import { expect, test } from 'vitest';
import { unchangedEntries } from './unchanged-entries.ts';

const entry = (path: string, sizeBytes = 1) =>
  ({ shareId: 's', path, sizeBytes, sources: [{ userId: 'u' }] }) as unknown as CatalogEntry;

test('an entry that is the same stays the same object, wherever it is now', () => {
  const before = [entry('a'), entry('b'), entry('gone')];
  const after = unchangedEntries(before, [entry('new'), entry('b'), entry('a', 2)]);
  expect(after.map(({ path, sizeBytes }) => [path, sizeBytes])).toEqual([
    ['new', 1],
    ['b', 1],
    ['a', 2],
  ]);
  expect(after[1]).toBe(before[1]);
  expect(before).not.toContain(after[2]);
});

test('the same path of another share is another entry', () => {
  const before = [entry('a')];
  const [other] = unchangedEntries(before, [{ ...entry('a'), shareId: 't' }]);
  expect(other!.shareId).toBe('t');
});
