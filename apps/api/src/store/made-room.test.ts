import { afterEach, beforeEach, expect, test } from 'vitest';
import { assignPlace } from '../db/queries/store-places.ts';
import { StoreTables } from '../testing/store-tables.ts';
import { makeRoom } from './made-room.ts';

const MIB = 1_048_576;

let tables: StoreTables;
beforeEach(() => {
  tables = new StoreTables();
  tables.addPeers(4);
});
afterEach(() => tables.close());

const make = (deviceId: string, wantedBytes: number) =>
  makeRoom(tables.db, deviceId, { wantedBytes, peers: tables.peers, nowMs: 0 });

test('what is on its way is let go of first, as little as gives the room', () => {
  const versionId = tables.addVersion(['p1', 'p2'], { k: 1, n: 3 });
  for (const index of [2, 3]) {
    const place = { versionId, group: 0, index, deviceId: 'p1', sizeBytes: MIB, sourceDeviceId: null };
    assignPlace(tables.db, place, 0);
  }
  expect(make('p1', MIB)).toEqual([versionId]);
  expect(tables.places(versionId)).toEqual(['0 p1 held', '1 p2 held', '2 p1 released', '3 p1 assigned']);
});

test('a column that others have is let go of, one that is needed is not', () => {
  const versionId = tables.addVersion(['p1', 'p2'], { k: 1, n: 2 });
  expect(make('p1', 10 * MIB)).toEqual([]);
  tables.hold(versionId, 0, 'p3');
  tables.change('p3', { officeUptime: 0.9 });
  expect(make('p1', 10 * MIB)).toEqual([versionId]);
  expect(tables.places(versionId)).toEqual(['0 p1 released', '0 p3 held', '1 p2 held']);
});
