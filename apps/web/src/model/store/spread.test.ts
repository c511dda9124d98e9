import { expect, test } from 'vitest';
import { spreadPercent, spreadPieces } from './spread.ts';

test.each([
  [0, 0],
  [0.641, 64],
  [0.999, 99],
  [1, 100],
])('%d is %d %%', (spread, percent) => expect(spreadPercent(spread)).toBe(percent));

test('the strip is full only at the end', () => {
  expect(spreadPieces(1, 4)).toEqual([3, 3, 3, 3]);
  expect(spreadPieces(0.9999, 4)).toEqual([3, 3, 3, 1]);
});

test('a cell that is begun looks begun', () => {
  expect(spreadPieces(0.6, 4)).toEqual([3, 3, 1, 0]);
  expect(spreadPieces(0.5, 4)).toEqual([3, 3, 0, 0]);
  expect(spreadPieces(0, 4)).toEqual([0, 0, 0, 0]);
});
