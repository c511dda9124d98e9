import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { RateLimit } from './rate-limit.ts';

/** What goes in a time when as much as possible is sent, never more than `mostBytes` at once. */
function sentWithin(limit: RateLimit, clock: ManualClock, ms: number, mostBytes: number): number {
  const endMs = clock.now() + ms;
  let sent = 0;
  while (clock.now() < endMs) {
    const bytes = Math.min(mostBytes, limit.availableBytes());
    if (bytes === 0) clock.advance(Math.max(1, limit.waitMs()));
    limit.spend(bytes);
    sent += bytes;
  }
  return sent;
}

test('without a limit there is no bound and no wait', () => {
  const limit = new RateLimit(new ManualClock());
  limit.spend(1e12);
  expect([limit.availableBytes(), limit.waitMs()]).toEqual([Number.POSITIVE_INFINITY, 0]);
});

test('as much goes as the limit allows, no more and not much less', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 100_000, max: 100_000_000 }),
      fc.integer({ min: 1000, max: 200_000 }),
      (rate, most) => {
        const clock = new ManualClock();
        const limit = new RateLimit(clock);
        limit.bytesPerSecond = rate;
        const sent = sentWithin(limit, clock, 10_000, most);
        // What may go after a rest comes on top, and one wait may end beyond the time.
        expect(sent).toBeLessThanOrEqual(rate * 10.5 + 200_000);
        expect(sent).toBeGreaterThanOrEqual(rate * 9.5 - 200_000);
      },
    ),
    { numRuns: 30 },
  );
});

test('what came beyond it is owed', () => {
  const clock = new ManualClock();
  const limit = new RateLimit(clock);
  limit.bytesPerSecond = 1_000_000;
  limit.spend(2_000_000);
  expect(limit.availableBytes()).toBe(0);
  expect(limit.waitMs()).toBeGreaterThan(1800);
  clock.advance(limit.waitMs());
  expect(limit.availableBytes()).toBeGreaterThan(0);
});

test('a limit that is taken away owes nothing', () => {
  const limit = new RateLimit(new ManualClock());
  limit.bytesPerSecond = 1000;
  limit.spend(1e9);
  limit.bytesPerSecond = null;
  expect(limit.waitMs()).toBe(0);
});
