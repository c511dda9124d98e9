import type { Column } from '@ferry/shared';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { columnsToKeep } from '../db/queries/store-device-places.ts';
import { findStoredColumn } from '../db/queries/store-groups.ts';
import { deletePlace } from '../db/queries/store-places.ts';
import { findVersion } from '../db/queries/store-versions.ts';
import { StoreTables } from '../testing/store-tables.ts';
import { takeReceipt } from './held-columns.ts';
import { takeInventory } from './taken-inventory.ts';
import { nameOf } from './unwanted-columns.ts';
import { removeVersion } from './version-removal.ts';

const NOW_MS = 1e12;

let store: StoreTables;
let versionId: string;
beforeEach(() => {
  store = new StoreTables();
  store.addPeers(4);
  versionId = store.addVersion(['p1', 'p2'], { k: 1, n: 3 });
  deletePlace(store.db, { versionId, group: 0, index: 0, deviceId: 'p1' });
});
afterEach(() => store.close());

const column = (index: number): Column => ({ versionId, group: 0, index });
const tell = (deviceId: string, ...columns: Column[]) =>
  takeInventory(store.db, deviceId, new Map(columns.map((one) => [nameOf(one), one])), NOW_MS);

test('a column whose place was lost is asked for again where it is, and counts when the device signs', () => {
  const { unwanted, versionIds } = tell('p1', column(0));
  expect([unwanted, [...versionIds]]).toEqual([[], [versionId]]);
  expect(columnsToKeep(store.db, 'p1', 9)).toMatchObject([{ ...column(0), sourceDeviceId: 'p1' }]);
  const { contentId: content, sizeBytes: size } = findStoredColumn(store.db, column(0))!;
  const receipt = { iss: 'p1', version: versionId, group: 0, index: 0, content, size, iat: 1 };
  expect(takeReceipt(store.db, { ...receipt, signature: Buffer.alloc(1) }, NOW_MS)).toBe('taken');
  expect(store.places(versionId)).toEqual(['0 p1 held', '1 p2 held']);
});

test('nobody gets more than one of a group, nor what somebody else has, nor their own', () => {
  expect(tell('p2', column(0), column(1)).unwanted).toEqual([column(0)]);
  expect(tell('p3', column(0), column(1), column(2)).unwanted).toEqual([column(1), column(2)]);
  expect(tell('p0', column(2)).unwanted).toEqual([column(2)]);
  expect(store.places(versionId)).toEqual(['0 p3 assigned', '1 p2 held']);
});

test('what is gone, or was never confirmed, is let go of', () => {
  expect(tell('p1', column(7)).unwanted).toEqual([column(7)]);
  removeVersion(store.db, findVersion(store.db, versionId)!, NOW_MS);
  expect(tell('p1', column(0)).unwanted).toEqual([column(0)]);
});
