import { expect, onTestFinished, test } from 'vitest';
import { StoreTables } from '../testing/store-tables.ts';
import { StorePool } from './store-pool.ts';
import { UptimeWatch } from './uptime-watch.ts';

const MINUTE_MS = 60_000;
const NOON = Date.UTC(2026, 4, 6, 12);

function watching() {
  const tables = new StoreTables();
  onTestFinished(() => tables.close());
  tables.addPeers(2);
  const pool = new StorePool(tables.db, { onlineSinceMs: (deviceId) => (deviceId === 'p0' ? 0 : undefined) });
  const watch = new UptimeWatch(tables.db, pool, 'UTC');
  const uptimes = (nowMs: number) => [...pool.peers(nowMs).values()].map(({ officeUptime }) => officeUptime);
  return { watch, uptimes };
}

test('whoever is there in office time is there more, and who is not is less', () => {
  const { watch, uptimes } = watching();
  for (let minutes = 0; minutes <= 240; minutes++) watch.look(NOON + minutes * MINUTE_MS);
  const [there, away] = uptimes(NOON);
  expect(there).toBeCloseTo(0.66, 1);
  expect(away).toBeCloseTo(0.34, 1);
});

test('nights do not count, nor what happened while the server was off', () => {
  const { watch, uptimes } = watching();
  const midnight = NOON + 12 * 60 * MINUTE_MS;
  for (let minutes = 0; minutes <= 240; minutes++) watch.look(midnight + minutes * MINUTE_MS);
  watch.look(midnight + 12 * 60 * MINUTE_MS);
  expect(uptimes(NOON)).toEqual([0.5, 0.5]);
});
