import { afterEach, beforeEach, expect, test } from 'vitest';
import { putDeviceKeys } from '../db/queries/device-keys.ts';
import { touchDevice } from '../db/queries/devices.ts';
import { updateVersion } from '../db/queries/store-versions.ts';
import { makeDeviceKeys } from '../testing/device-keys.ts';
import { StoreTables } from '../testing/store-tables.ts';
import { StoreHoldings } from './store-holdings.ts';
import { StorePool } from './store-pool.ts';
import { keepVersion } from './version-keeping.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const NOW_MS = 100 * DAY_MS;

let store: StoreTables;
let peers: string[];
let away: Set<string>;
beforeEach(() => {
  store = new StoreTables();
  peers = store.addPeers(8);
  away = new Set();
  for (const deviceId of peers) putDeviceKeys(store.db, makeDeviceKeys(deviceId).keys, 0);
});
afterEach(() => store.close());

function keep(versionId: string, nowMs = NOW_MS) {
  const onlineSinceMs = (deviceId: string) => (away.has(deviceId) ? undefined : 0);
  const pool = new StorePool(store.db, { onlineSinceMs });
  const holdings = new StoreHoldings(store.db, pool);
  return keepVersion({ db: store.db, pool, holdings, random: () => 0.5 }, versionId, nowMs);
}

/** Uploaded by the first of them from the first millisecond on, and kept by these. */
function version(holders: readonly string[], acceptedAt: number | null): string {
  const versionId = store.addVersion(holders, { k: 2, n: 4 });
  updateVersion(store.db, versionId, { acceptedAt });
  return versionId;
}

test('an upload that is not in the Store yet goes on, however long ago it began', () => {
  const versionId = version([peers[1]!], null);
  expect(keep(versionId).assignedCount).toBeGreaterThanOrEqual(3);
  // What is on its way is waited for.
  expect(keep(versionId, NOW_MS + 60_000).releasedCount).toBe(0);
});

test('three days after enough people kept it, its uploader makes nothing any more', () => {
  const versionId = version([peers[1]!, peers[2]!, peers[3]!], NOW_MS - 3 * DAY_MS + 1);
  away = new Set(peers.slice(5));
  store.assign(versionId, 3, peers[4]!, NOW_MS);
  expect(keep(versionId)).toMatchObject({ releasedCount: 0 });
  expect(keep(versionId, NOW_MS + 1)).toMatchObject({ assignedCount: 0, releasedCount: 1 });
});

test('columns from a repairer who went away an hour ago are waited for no longer', () => {
  const versionId = version([peers[1]!, peers[2]!], 1);
  for (const deviceId of peers) touchDevice(store.db, deviceId, NOW_MS);
  store.assign(versionId, 2, peers[3]!, NOW_MS, peers[1]!);
  away = new Set([peers[1]!]);
  expect(keep(versionId, NOW_MS + HOUR_MS - 1)).toMatchObject({ releasedCount: 0 });
  expect(keep(versionId, NOW_MS + HOUR_MS)).toMatchObject({ releasedCount: 1 });
});

test('an uploader is waited for while it lives', () => {
  const versionId = version([], null);
  for (const deviceId of peers) touchDevice(store.db, deviceId, NOW_MS);
  store.assign(versionId, 0, peers[1]!, NOW_MS);
  away = new Set([peers[0]!]);
  expect(keep(versionId, NOW_MS + 7 * DAY_MS - 1)).toMatchObject({ releasedCount: 0 });
  expect(keep(versionId, NOW_MS + 7 * DAY_MS)).toMatchObject({ releasedCount: 1 });
});

test('what the dead hold is made anew by the uploader, though there is a row of each column', () => {
  const [, ...others] = [...peers, ...store.addPeers(4)];
  for (const deviceId of others.slice(7)) putDeviceKeys(store.db, makeDeviceKeys(deviceId).keys, 0);
  const versionId = store.addVersion(others.slice(0, 8), { k: 2, n: 8 });
  updateVersion(store.db, versionId, { acceptedAt: NOW_MS - DAY_MS });
  expect(keep(versionId)).toMatchObject({ assignedCount: 0, waiting: undefined });
  away = new Set(others.slice(0, 2));
  expect(keep(versionId)).toMatchObject({ assignedCount: 2 });
  expect(
    store
      .places(versionId)
      .filter((place) => place.endsWith('assigned'))
      .map((place) => place[0]),
  ).toEqual(['0', '1']);
});
