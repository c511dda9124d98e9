import { expect, test } from 'vitest';
import { piecePaths, pieceRuns } from './pieces.ts';

test('runs cover every cell once, in order', () => {
  expect(pieceRuns([3, 3, 3, 1, 0, 0, 3])).toEqual([
    { from: 1, to: 3, level: 3 },
    { from: 4, to: 4, level: 1 },
    { from: 5, to: 6, level: 0 },
    { from: 7, to: 7, level: 3 },
  ]);
  expect(pieceRuns([])).toEqual([]);
});

test('cells fill the strip and keep their gaps', () => {
  const paths = piecePaths([3, 0], { width: 11, height: 4, gap: 1 });
  expect(paths).toEqual(['M6 0h5v4h-5z', '', '', 'M0 0h5v4h-5z']);
});
