import fc from 'fast-check';
import { expect, test } from 'vitest';
import { largestFileBytes } from './largest-file.ts';

const CODE = { k: 4, n: 16 };

test.each([
  ['as many with equal room as there are columns', Array(16).fill(110), 400],
  ['twice as many', Array(32).fill(110), 800],
  ['one with a thousand times the room, who takes one column', [110_000, ...Array(15).fill(110)], 400],
  ['too few', Array(15).fill(110), 0],
  ['nobody', [], 0],
])('%s', (_, freeBytes, bytes) => {
  expect(largestFileBytes(CODE, freeBytes)).toBeCloseTo(bytes, -1);
});

test('with fewer columns than people, those with more room give what the others lack', () => {
  // One column of 150, the other two share 110 and 55.
  expect(largestFileBytes({ k: 1, n: 2 }, [165, 110, 55])).toBe(150);
});

test('it fits whoever is there: what is kept is no more than their room, one column of each group for each', () => {
  const rooms = fc.array(fc.integer({ min: 0, max: 1e12 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(rooms, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 32 }), (freeBytes, k, more) => {
      const n = k + more;
      const columnBytes = largestFileBytes({ k, n }, freeBytes) / k;
      const taken = freeBytes.reduce((sum, bytes) => sum + Math.min(bytes, columnBytes), 0);
      expect(taken).toBeGreaterThanOrEqual(columnBytes * n * 0.999);
    }),
  );
});
