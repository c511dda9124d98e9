import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isCode } from './code.ts';
import { chooseCode, raiseCode } from './code-choice.ts';

const LARGE = 1_000_000_000;
const codes = (ownerCounts: number[], sizeBytes = LARGE) =>
  ownerCounts.map((ownerCount) => {
    const { k, n } = chooseCode(sizeBytes, { ownerCount });
    return [k, n];
  });

test('the more people there are, the more pieces a file is cut into', () => {
  expect(codes([0, 1, 2, 3])).toEqual([
    [1, 0],
    [1, 1],
    [1, 2],
    [1, 3],
  ]);
  expect(codes([4, 5, 6, 9])).toEqual([
    [2, 4],
    [2, 5],
    [3, 6],
    [3, 9],
  ]);
  expect(codes([10, 16, 17, 29])).toEqual([
    [4, 10],
    [4, 16],
    [4, 16],
    [4, 16],
  ]);
  expect(codes([30, 32, 500])).toEqual([
    [8, 30],
    [8, 32],
    [8, 32],
  ]);
});

test('small files are copied to five people at most', () => {
  expect(codes([0, 3, 5, 200], 65_535)).toEqual([
    [1, 0],
    [1, 3],
    [1, 5],
    [1, 5],
  ]);
});

test('a file has no more pieces than chunks, and no more bytes are kept of it than of a large one', () => {
  const MIB = 1_048_576;
  expect(codes([200], 65_536)).toEqual([[1, 4]]);
  expect(codes([200], 2.5 * MIB)).toEqual([[3, 12]]);
  expect(codes([200], 7 * MIB + 1)).toEqual([[8, 32]]);
  expect(codes([5], 1.5 * MIB)).toEqual([[2, 5]]);
});

test('a large pool that is short of room makes fewer columns, a small one does not', () => {
  expect(chooseCode(LARGE, { ownerCount: 100, isSpaceTight: true })).toEqual({ k: 8, n: 24 });
  expect(chooseCode(LARGE, { ownerCount: 20, isSpaceTight: true })).toEqual({ k: 4, n: 16 });
});

test('whoever has four owners or more can lose more than one of them', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(LARGE), fc.boolean(), (ownerCount, sizeBytes, isSpaceTight) => {
      const code = chooseCode(sizeBytes, { ownerCount, isSpaceTight });
      expect(isCode(code)).toBe(true);
      expect(code.n).toBeLessThanOrEqual(ownerCount);
      if (ownerCount >= 4) expect(code.n).toBeGreaterThan(code.k + 1);
    }),
  );
});

test('n is raised as people come, up to four columns for each one needed', () => {
  const raised = (k: number, n: number, ownerCount: number) => raiseCode({ k, n }, LARGE, { ownerCount }).n;
  expect(raised(1, 0, 1)).toBe(1);
  expect(raised(1, 2, 50)).toBe(4);
  expect(raised(3, 6, 8)).toBe(8);
  expect(raised(3, 6, 50)).toBe(12);
  expect(raised(4, 10, 50)).toBe(16);
});

test('n does not sink when people go home, or when room becomes short', () => {
  expect(raiseCode({ k: 4, n: 16 }, LARGE, { ownerCount: 2 })).toEqual({ k: 4, n: 16 });
  expect(raiseCode({ k: 8, n: 32 }, LARGE, { ownerCount: 99, isSpaceTight: true })).toEqual({ k: 8, n: 32 });
});
