import { expect, test } from 'vitest';
import { type Entry, type EntryStep, emptyTally, found, gone, hashed, tallied, toldOf } from './entry-change.ts';
import { foundFile, SHARE_ID } from './testing/catalog-ground.ts';

const CONTENT = 'A'.repeat(43);
const STATE = { sizeBytes: 3, modifiedMs: 1 };
const at = (modifiedMs: number) => found(SHARE_ID, foundFile('a.txt', 3, modifiedMs));
const after = (...steps: EntryStep[]) => steps.reduce<Entry | undefined>((entry, step) => step(entry), undefined);
/** What the server must be told of the last of some steps. */
function told(...steps: EntryStep[]) {
  const before = after(...steps.slice(0, -1));
  return toldOf(before, steps.at(-1)!(before));
}

test('a new file is to be told, and is unverified', () => {
  expect(after(at(1))).toMatchObject({ contentId: null, isUnreadable: false });
  expect(told(at(1))).toBe('put');
});

test('a file that is found as it was is the same object', () => {
  const entry = after(at(1))!;
  expect(at(1)(entry)).toBe(entry);
  expect(told(at(1), at(1))).toBeUndefined();
});

test.each([
  ['time', foundFile('a.txt', 3, 2)],
  ['size', foundFile('a.txt', 4, 1)],
])('a file of another %s loses its content id, and is told again', (_, file) => {
  const changed = found(SHARE_ID, file);
  expect(after(at(1), hashed(STATE, CONTENT), changed)).toMatchObject({ contentId: null });
  expect(told(at(1), hashed(STATE, CONTENT), changed)).toBe('put');
});

test('a file that goes is told, unless it was not there', () => {
  expect(after(at(1), gone)).toBeUndefined();
  expect(told(at(1), gone)).toBe('remove');
  expect(told(gone)).toBeUndefined();
});

test('a content id belongs to the file as it was hashed', () => {
  expect(after(at(1), hashed(STATE, CONTENT))).toMatchObject({ contentId: CONTENT });
  expect(told(at(1), hashed(STATE, CONTENT))).toBe('put');
  expect(told(at(1), hashed(STATE, CONTENT), hashed(STATE, CONTENT))).toBeUndefined();
  expect(after(at(2), hashed(STATE, CONTENT))).toMatchObject({ contentId: null });
  expect(after(hashed(STATE, CONTENT))).toBeUndefined();
});

test('a file that cannot be read is tried again with the next walk, and nobody is told', () => {
  const unreadable = hashed(STATE, null);
  expect(after(at(1), unreadable)).toMatchObject({ isUnreadable: true, contentId: null });
  expect(after(at(1), unreadable, at(1))).toMatchObject({ isUnreadable: false });
  expect(told(at(1), unreadable)).toBeUndefined();
  expect(told(at(1), unreadable, at(1))).toBeUndefined();
  // It has changed since: that is another file.
  expect(after(at(2), unreadable)).toMatchObject({ isUnreadable: false });
});

test('sums follow every step', () => {
  let entry: Entry | undefined;
  let tally = emptyTally(SHARE_ID);
  const sums = [at(1), hashed(STATE, CONTENT), at(2), gone].map((step) => {
    const next = step(entry);
    tally = tallied(tally, entry, next);
    entry = next;
    return [tally.fileCount, tally.totalBytes, tally.verifiedCount];
  });
  expect(sums).toEqual([
    [1, 3, 0],
    [1, 3, 1],
    [1, 3, 0],
    [0, 0, 0],
  ]);
});
