import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retryDelayMs } from './backoff.ts';

const failures = fc.nat(2000);
/** In [0, 1), as Math.random gives it. */
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('the more failures, the longer the wait, up to half a minute', () => {
  fc.assert(
    fc.property(failures, random, (count, jitter) => {
      const delayMs = retryDelayMs(count, jitter);
      expect(retryDelayMs(count + 1, jitter)).toBeGreaterThanOrEqual(delayMs);
      expect(delayMs).toBeLessThanOrEqual(30_000);
    }),
  );
});

test('chance moves it within its upper half', () => {
  fc.assert(
    fc.property(failures, random, random, (count, one, other) => {
      const longestMs = retryDelayMs(count, 0) * 2;
      expect(retryDelayMs(count, one)).toBeGreaterThanOrEqual(longestMs / 2);
      expect(retryDelayMs(count, one)).toBeLessThanOrEqual(longestMs);
      // Two sides that failed together must be able to differ.
      if (other - one > 1e-6) expect(retryDelayMs(count, other)).toBeGreaterThan(retryDelayMs(count, one));
    }),
  );
});

test.each([
  [0, 250],
  [1, 500],
  [2, 1000],
  [5, 8000],
  [6, 15_000],
  [7, 15_000],
  [10_000, 15_000],
])('after %i failures it is at least %i ms', (count, leastMs) => {
  expect(retryDelayMs(count, 0)).toBe(leastMs);
});
