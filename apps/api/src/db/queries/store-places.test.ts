import { expect, test } from 'vitest';
import { StoreTables } from '../../testing/store-tables.ts';
import { assignPlace, devicesWaitingFor } from './store-places.ts';

test('who waits for a device waits for what was uploaded there, or is made there, however many versions that are', () => {
  const store = new StoreTables();
  store.addPeers(5);
  const assign = (versionId: string, deviceId: string, sourceDeviceId: string | null) =>
    assignPlace(store.db, { versionId, group: 0, index: 9, deviceId, sizeBytes: 1, sourceDeviceId }, 0);
  const versionIds = Array.from({ length: 3 }, () => store.addVersion(['p4'], { k: 1, n: 1 }));
  for (const versionId of versionIds) assign(versionId, 'p1', null);
  assign(versionIds[0]!, 'p2', 'p3');
  expect(devicesWaitingFor(store.db, 'p0')).toEqual(['p1']);
  expect(devicesWaitingFor(store.db, 'p3')).toEqual(['p2']);
  expect(devicesWaitingFor(store.db, 'p4')).toEqual([]);
  store.close();
});
