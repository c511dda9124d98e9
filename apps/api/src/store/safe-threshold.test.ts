import { expect, test } from 'vitest';
import { safeThreshold } from './safe-threshold.ts';

test('half of what is spare makes it safe', () => {
  expect(safeThreshold({ k: 4, n: 10 })).toBe(7);
  expect(safeThreshold({ k: 8, n: 32 })).toBe(20);
});

test('what a single person keeps is never safe, nor what nobody keeps', () => {
  expect(safeThreshold({ k: 1, n: 0 })).toBe(2);
  expect(safeThreshold({ k: 1, n: 1 })).toBe(2);
  expect(safeThreshold({ k: 1, n: 2 })).toBe(2);
});
