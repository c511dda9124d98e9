import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexesOf, runsAreOrdered, runsOf } from './run.ts';

const ascending = fc.uniqueArray(fc.nat(300)).map((indexes) => indexes.sort((a, b) => a - b));

test('indexes joined into runs and taken apart again are the same', () => {
  fc.assert(
    fc.property(ascending, (indexes) => {
      expect([...indexesOf(runsOf(indexes))]).toEqual(indexes);
    }),
  );
});

test('runs made of indexes are ordered, and as few as can be', () => {
  fc.assert(
    fc.property(ascending, (indexes) => {
      const runs = runsOf(indexes);
      expect(runsAreOrdered(runs, 301)).toBe(true);
      const gaps = indexes.filter((index, at) => at === 0 || indexes[at - 1] !== index - 1).length;
      expect(runs.length).toBe(gaps);
    }),
  );
});

test('the example of the documentation', () => {
  expect(runsOf([0, 1, 2, 7])).toEqual([
    { first: 0, count: 3 },
    { first: 7, count: 1 },
  ]);
});

test.each([
  ['none', [], 0, true],
  ['up to the limit', [{ first: 2, count: 3 }], 5, true],
  ['beyond the limit', [{ first: 2, count: 3 }], 4, false],
  ['empty', [{ first: 2, count: 0 }], 5, false],
  ['negative', [{ first: -1, count: 1 }], 5, false],
  [
    'apart',
    [
      { first: 0, count: 1 },
      { first: 2, count: 1 },
    ],
    5,
    true,
  ],
  [
    'touching',
    [
      { first: 0, count: 1 },
      { first: 1, count: 1 },
    ],
    5,
    false,
  ],
  [
    'overlapping',
    [
      { first: 0, count: 2 },
      { first: 1, count: 2 },
    ],
    5,
    false,
  ],
  [
    'descending',
    [
      { first: 3, count: 1 },
      { first: 0, count: 1 },
    ],
    5,
    false,
  ],
])('runs that are %s', (_, runs, limit, ordered) => {
  expect(runsAreOrdered(runs, limit)).toBe(ordered);
});
