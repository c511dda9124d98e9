import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { StoreTables } from '../../testing/store-tables.ts';
import { heldRuns } from './store-place-runs.ts';
import { assignPlace, updatePlace } from './store-places.ts';

const DEVICES = ['p0', 'p1', 'p2'];
const anyPlace = fc.record({
  group: fc.nat(9),
  index: fc.nat(2),
  deviceId: fc.constantFrom(...DEVICES),
  isHeld: fc.boolean(),
});

test('runs are exactly what is held, whole and with gaps', () => {
  const tables = new StoreTables();
  onTestFinished(() => tables.close());
  tables.addPeers(3);
  fc.assert(
    fc.property(fc.array(anyPlace, { maxLength: 40 }), (places) => {
      const versionId = tables.addVersion([], { k: 1, n: 3 });
      const held = new Set<string>();
      for (const { group, index, deviceId, isHeld } of places) {
        const place = { versionId, group, index, deviceId };
        assignPlace(tables.db, { ...place, sizeBytes: 1, sourceDeviceId: null }, 0);
        if (isHeld) updatePlace(tables.db, place, { state: 'held' });
        if (isHeld) held.add(`${group} ${index} ${deviceId}`);
        else held.delete(`${group} ${index} ${deviceId}`);
      }
      const told = heldRuns(tables.db, versionId).flatMap(({ index, deviceId, firstGroup, groupCount, sizeBytes }) => {
        expect(sizeBytes).toBe(groupCount);
        return Array.from({ length: groupCount }, (_, at) => `${firstGroup + at} ${index} ${deviceId}`);
      });
      expect(told.sort()).toEqual([...held].sort());
    }),
    { numRuns: 60 },
  );
});
