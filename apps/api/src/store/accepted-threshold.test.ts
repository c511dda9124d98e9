import { expect, test } from 'vitest';
import { acceptedThreshold } from './accepted-threshold.ts';

test('all that is needed, and half of what is spare', () => {
  expect(acceptedThreshold({ k: 4, n: 16 })).toBe(10);
  expect(acceptedThreshold({ k: 8, n: 32 })).toBe(20);
  expect(acceptedThreshold({ k: 3, n: 6 })).toBe(5);
  expect(acceptedThreshold({ k: 1, n: 3 })).toBe(2);
  expect(acceptedThreshold({ k: 1, n: 1 })).toBe(1);
});

test('what nobody could hold is not accepted', () => {
  expect(acceptedThreshold({ k: 1, n: 0 })).toBe(1);
});
