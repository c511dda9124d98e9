import type { StoreGrant } from '@ferry/shared';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { putLease } from '../db/queries/store-leases.ts';
import { StoreTables } from '../testing/store-tables.ts';
import { type GrantedColumns, repairDuties } from './repair-duties.ts';

let tables: StoreTables;
beforeEach(() => {
  tables = new StoreTables();
});
afterEach(() => tables.close());

/** The first peer repairs; what it is told, and whom leave was given at. */
async function told(versionId: string, make: number[]) {
  const [deviceId] = [...tables.peers.keys()];
  const plan = { make: make.map((index) => ({ index, deviceId: deviceId! })) };
  putLease(tables.db, { versionId, group: 0, deviceId: deviceId!, token: 1, leasedUntil: 1000, plan });
  const granted: GrantedColumns[] = [];
  const grant = async (columns: GrantedColumns): Promise<StoreGrant> => {
    granted.push(columns);
    return { userId: columns.holder.ownerId, deviceId: columns.holder.peerId, isOnline: true, capability: 'x' };
  };
  const [duty] = await repairDuties(tables.db, { deviceId: deviceId!, peers: tables.peers, grant, nowMs: 0 });
  return { duty: duty!, granted };
}

test('whoever holds two columns of the group is asked for both with one leave', async () => {
  const [p0, p1] = tables.addPeers(2);
  const versionId = tables.addVersion([p0!, p1!, p1!], { k: 2, n: 5 });
  const { duty, granted } = await told(versionId, [3, 4]);
  expect(duty.sources.map(({ index, from }) => [index, from.map(({ deviceId }) => deviceId)])).toEqual([
    [0, []],
    [1, [p1]],
    [2, [p1]],
  ]);
  expect(granted).toHaveLength(1);
  expect(granted[0]!.columns.map(({ index }) => index).sort()).toEqual([1, 2]);
});

test('whoever is away is not asked, and what is made is not a source', async () => {
  const [p0, p1, p2] = tables.addPeers(3);
  const versionId = tables.addVersion([p0!, p1!, p2!], { k: 2, n: 5 });
  tables.change(p1!, { onlineSinceMs: null });
  const { duty } = await told(versionId, [3]);
  expect(duty.sources.map(({ index }) => index)).toEqual([0, 2]);
  expect(duty.make.map(({ index }) => index)).toEqual([3]);
});
