import { expect, test } from 'vitest';
import { belowFloor } from './below-floor.ts';
import type { Code } from './code.ts';
import { enoughOnline, fewestOnline, LAZY_REPAIR } from './repair-policy.ts';

const FLOOR = LAZY_REPAIR.floor!;
const code: Code = { k: 4, n: 16 };
const look = (belowMs: number, onlineColumns: number, isOfficeTime = true) =>
  belowFloor(belowMs, FLOOR, { code, onlineColumns, isOfficeTime, elapsedMs: 300 });

test('it grows while fewer than k + 2 are online', () => {
  expect(look(0, 5)).toBe(300);
  expect(look(300, 0)).toBe(600);
});

test('it begins anew when enough have come', () => {
  expect(look(900, 6)).toBe(0);
});

test('outside office hours nothing counts, and nothing is kept for the morning', () => {
  expect(look(0, 0, false)).toBe(0);
  expect(look(900, 0, false)).toBe(0);
});

test('a small code is not asked for more than it can have', () => {
  const bounds = (k: number, n: number) => [fewestOnline({ k, n }, FLOOR), enoughOnline({ k, n }, FLOOR)];
  expect(bounds(4, 16)).toEqual([6, 8]);
  expect(bounds(8, 32)).toEqual([10, 12]);
  expect(bounds(1, 3)).toEqual([2, 3]);
  expect(bounds(1, 2)).toEqual([2, 2]);
  expect(bounds(2, 4)).toEqual([3, 4]);
});
