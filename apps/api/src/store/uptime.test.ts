import { expect, test } from 'vitest';
import { observed, officeUptime, UNKNOWN_UPTIME, type Uptime } from './uptime.ts';

const DAY_MS = 8 * 3_600_000;
const STEP_MS = 5 * 60_000;

/** So many days of office time, of which such a share is spent online. */
function days(count: number, share: number, from: Uptime = UNKNOWN_UPTIME): Uptime {
  let uptime = from;
  for (let ms = 0; ms < count * DAY_MS; ms += STEP_MS) uptime = observed(uptime, ms % DAY_MS < share * DAY_MS, STEP_MS);
  return uptime;
}

test('a newcomer is in the middle, and soon known', () => {
  expect(officeUptime(UNKNOWN_UPTIME)).toBe(0.5);
  expect(officeUptime(days(1, 1))).toBeGreaterThan(0.7);
  expect(officeUptime(days(1, 1))).toBeLessThan(0.8);
  expect(officeUptime(days(1, 0))).toBeLessThan(0.3);
});

test('in the long run it is the share of office time', () => {
  expect(officeUptime(days(40, 0.75))).toBeCloseTo(0.75, 1);
  expect(officeUptime(days(40, 1))).toBeGreaterThan(0.95);
});

test('two weeks of absence halve it, two weeks of presence bring it back', () => {
  const away = days(10, 0, days(60, 1));
  expect(officeUptime(away)).toBeCloseTo(0.5, 1);
  expect(officeUptime(days(20, 1, away))).toBeGreaterThan(0.8);
});

test('it does not matter how often somebody looks', () => {
  const often = days(1, 1);
  const once = observed(UNKNOWN_UPTIME, true, DAY_MS);
  expect(officeUptime(once)).toBeCloseTo(officeUptime(often), 1);
});

test('while no office time passes nothing changes', () => {
  expect(observed(days(3, 0.5), true, 0)).toEqual(days(3, 0.5));
});
