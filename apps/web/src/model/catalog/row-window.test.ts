import { expect, test } from 'vitest';
import { rowsInView, scrollToRow, shownRows } from './row-window.ts';

test.each([
  [{ offset: 0, height: 100 }, 0, { first: 0, end: 10 }],
  [{ offset: 5, height: 100 }, 0, { first: 0, end: 11 }],
  [{ offset: 995, height: 100 }, 2, { first: 97, end: 112 }],
  [{ offset: -60, height: 100 }, 0, { first: 0, end: 4 }],
  [{ offset: -500, height: 100 }, 3, { first: 0, end: 0 }],
  [{ offset: 1e7, height: 100 }, 3, { first: 1000, end: 1000 }],
])('%j with %i more shows %j', (view, overscan, shown) => {
  expect(rowsInView(view, 10, 1000, overscan)).toEqual(shown);
});

test.each([
  ['is in sight', 5, 0],
  ['is above', 2, -20],
  ['is cut off above', 3, -10],
  ['is below', 20, 70],
  ['is cut off below', 13, 0],
])('a row that %s', (_, index, by) => expect(scrollToRow(index, { offset: 40, height: 100 }, 10)).toBe(by));

test('the row with the keyboard exists wherever it is, and no other one out of the window', () => {
  const options = { mostShown: 4, active: 90, count: 100 };
  expect(shownRows({ first: 5, end: 8 }, options)).toEqual([
    { index: 5, slot: 1 },
    { index: 6, slot: 2 },
    { index: 7, slot: 3 },
    { index: 90, slot: -1 },
  ]);
  expect(shownRows({ first: 89, end: 92 }, options)).toHaveLength(3);
  expect(shownRows({ first: 5, end: 6 }, { ...options, count: 80 })).toHaveLength(1);
});

test('a row that leaves on one side is the one that comes on the other', () => {
  const options = { mostShown: 3, active: 0, count: 100 };
  const [leaves] = shownRows({ first: 10, end: 13 }, options);
  expect(shownRows({ first: 11, end: 14 }, options)[2]).toEqual({ index: 13, slot: leaves!.slot });
});
