import { expect, test } from 'vitest';
import { LeaseRests } from './lease-rests.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

test('each time that nothing was made it rests longer, up to six hours; when something was, not at all', () => {
  const rests = new LeaseRests();
  expect(rests.isResting('a', 0)).toBe(false);
  for (const minutes of [10, 60, 360, 360]) {
    rests.ranOut('a', 0);
    expect(rests.isResting('a', minutes * MINUTE_MS - 1)).toBe(true);
    expect(rests.isResting('a', minutes * MINUTE_MS)).toBe(false);
    expect(rests.isResting('b', 0)).toBe(false);
  }
  rests.repaired('a');
  expect(rests.isResting('a', 0)).toBe(false);
  rests.ranOut('a', 0);
  expect(rests.isResting('a', 10 * MINUTE_MS)).toBe(false);
});

test('what was tried in vain long ago begins with the shortest rest', () => {
  const rests = new LeaseRests();
  rests.ranOut('a', 0);
  rests.ranOut('a', 0);
  rests.ranOut('b', 2 * DAY_MS);
  rests.ranOut('a', 2 * DAY_MS);
  expect(rests.isResting('a', 2 * DAY_MS + 10 * MINUTE_MS)).toBe(false);
});
