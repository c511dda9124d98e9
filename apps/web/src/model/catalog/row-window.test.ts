import { expect, test } from 'vitest';
import { rowsInView, scrollToRow } from './row-window.ts';

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
