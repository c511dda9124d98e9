import { expect, test } from 'vitest';
import { FloorWatch } from './floor-watch.ts';
import { LAZY_REPAIR } from './repair-policy.ts';

const CODE = { k: 4, n: 16 };
const MINUTE_MS = 60_000;
const at = (onlineColumns: number, isOfficeTime = true) => ({ code: CODE, onlineColumns, isOfficeTime });

test('time below the floor adds up from look to look, in a row', () => {
  const watch = new FloorWatch(LAZY_REPAIR.floor!);
  expect(watch.look('a', at(5), 0)).toBe(0);
  expect(watch.look('a', at(5), 4 * MINUTE_MS)).toBe(4 * MINUTE_MS);
  expect(watch.look('a', at(4), 9 * MINUTE_MS)).toBe(9 * MINUTE_MS);
  expect(watch.look('a', at(6), 10 * MINUTE_MS)).toBe(0);
  expect(watch.look('a', at(5), 15 * MINUTE_MS)).toBe(0);
  expect(watch.look('a', at(5), 16 * MINUTE_MS)).toBe(MINUTE_MS);
});

test('groups are watched apart, and outside office hours nothing counts', () => {
  const watch = new FloorWatch(LAZY_REPAIR.floor!);
  watch.look('a', at(5), 0);
  watch.look('b', at(5, false), 0);
  expect(watch.look('b', at(5), 5 * MINUTE_MS)).toBe(0);
  expect(watch.look('a', at(5), 5 * MINUTE_MS)).toBe(5 * MINUTE_MS);
  expect(watch.look('a', at(5, false), 6 * MINUTE_MS)).toBe(0);
});

test('a long time without a look is not taken for a long time below', () => {
  const watch = new FloorWatch(LAZY_REPAIR.floor!);
  watch.look('a', at(5), 0);
  expect(watch.look('a', at(5), 600 * MINUTE_MS)).toBe(10 * MINUTE_MS);
});
