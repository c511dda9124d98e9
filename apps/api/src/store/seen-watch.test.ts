import { expect, onTestFinished, test } from 'vitest';
import { allDevices } from '../db/queries/devices.ts';
import { StoreTables } from '../testing/store-tables.ts';
import { SeenWatch } from './seen-watch.ts';

const HOUR_MS = 3_600_000;

test('once an hour it is noted who is there, and of nobody else', () => {
  const tables = new StoreTables();
  onTestFinished(() => tables.close());
  tables.addPeers(2);
  const watch = new SeenWatch(tables.db, { onlineDeviceIds: () => ['p1', 'unknown'] });
  const seen = () =>
    Object.fromEntries(allDevices(tables.db).map(({ deviceId, lastSeenAt }) => [deviceId, lastSeenAt]));
  watch.look(5);
  watch.look(5 + HOUR_MS - 1);
  expect(seen()).toEqual({ p0: 0, p1: 0 });
  watch.look(5 + HOUR_MS);
  expect(seen()).toEqual({ p0: 0, p1: 5 + HOUR_MS });
});
