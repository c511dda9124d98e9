import { afterEach, beforeEach, expect, test } from 'vitest';
import { putDeviceKeys } from '../db/queries/device-keys.ts';
import { putOffer } from '../db/queries/store-offers.ts';
import { makeDeviceKeys } from '../testing/device-keys.ts';
import { StoreTables } from '../testing/store-tables.ts';
import { StorePool } from './store-pool.ts';

const MIB = 1_048_576;
const FREE = { usedBytes: 0, isAlwaysOn: false, updatedAt: 0 };

let tables: StoreTables;
let online: Map<string, number>;
let pool: StorePool;
beforeEach(() => {
  tables = new StoreTables();
  tables.addPeers(2);
  for (const deviceId of ['p0', 'p1']) putDeviceKeys(tables.db, makeDeviceKeys(deviceId).keys, 0);
  online = new Map([['p1', 500]]);
  pool = new StorePool(tables.db, { onlineSinceMs: (deviceId) => online.get(deviceId) });
});
afterEach(() => tables.close());

const peer = (deviceId: string, nowMs: number) => pool.peers(nowMs).get(deviceId)!;

test('who is there was heard of just now, others when they were seen last', () => {
  expect(peer('p1', 1000)).toMatchObject({ onlineSinceMs: 500, lastContactMs: 1000, isQuarantined: false });
  expect(peer('p0', 1000)).toMatchObject({ onlineSinceMs: null, lastContactMs: 0 });
  expect(pool.peers(1000).has('nobody')).toBe(false);
});

test('free is what was offered less what is held, and what the disk has less what is on its way', () => {
  const versionId = tables.addVersion(['p1'], { k: 1, n: 2 });
  const offer = (offeredBytes: number, freeBytes: number) => {
    putOffer(tables.db, { deviceId: 'p1', offeredBytes, freeBytes, ...FREE });
    pool.offersChanged();
  };
  offer(10 * MIB, 100 * MIB);
  expect(peer('p1', 1).freeBytes).toBe(9 * MIB);
  offer(10 * MIB, 2 * MIB);
  expect(peer('p1', 2).freeBytes).toBe(2 * MIB);
  offer(0, 100 * MIB);
  expect(peer('p1', 3).freeBytes).toBe(0);
  offer(10 * MIB, 100 * MIB);
  tables.hold(versionId, 1, 'p1');
  expect(peer('p1', 4).freeBytes).toBe(9 * MIB);
  // What it has read it keeps until it is told.
  pool.placesChanged(['p1']);
  expect(peer('p1', 5).freeBytes).toBe(8 * MIB);
});
