import { describe, expect, test } from 'vitest';
import { stagedFile } from '../staging/staged-item.ts';
import { chosenTogether, sourceKind } from './source-kind.ts';

test.each([
  [1, 1, 'file'],
  [1, 12, 'folder'],
  [3, 3, 'files'],
  [3, 50, 'mixed'],
] as const)('%d items of %d files: %s', (itemCount, fileCount, kind) => {
  expect(sourceKind({ itemCount, fileCount })).toBe(kind);
});

describe('chosenTogether', () => {
  const a = stagedFile(new File([], 'a.txt'));
  const otherA = stagedFile(new File(['x'], 'a.txt'));
  const b = stagedFile(new File([], 'b.txt'));
  const c = stagedFile(new File([], 'c.txt'));

  test('adds up to as many as were sent, also two of one name', () => {
    expect(chosenTogether([a], [b], 2)).toEqual([a, b]);
    expect(chosenTogether([a], [otherA], 2)).toEqual([a, otherA]);
  });

  test('what is chosen anew takes its place', () => {
    expect(chosenTogether([a, b], [otherA], 2)).toEqual([b, otherA]);
    expect(chosenTogether([a], [otherA], 1)).toEqual([otherA]);
  });

  test('something else altogether starts anew', () => {
    expect(chosenTogether([a, b], [c], 2)).toEqual([c]);
  });
});
