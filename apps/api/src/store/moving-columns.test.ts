import { expect, onTestFinished, test } from 'vitest';
import { findPlace } from '../db/queries/store-places.ts';
import { StoreTables } from '../testing/store-tables.ts';
import { noteMoving } from './moving-columns.ts';

const MINUTE_MS = 60_000;

test('what is on its way and gets on is waited for from now; what is held, or at somebody else, stays as it is', () => {
  const store = new StoreTables();
  onTestFinished(() => store.close());
  store.addPeers(3);
  const versionId = store.addVersion(['p1'], { k: 1, n: 3 });
  store.assign(versionId, 1, 'p1', 0);
  store.assign(versionId, 2, 'p2', 0);
  const told = [0, 1, 2, 9].map((index) => ({ versionId, group: 0, index }));
  const sinceMs = (index: number, deviceId: string) =>
    findPlace(store.db, { versionId, group: 0, index, deviceId })?.sinceMs;
  noteMoving(store.db, 'p1', told, 50 * MINUTE_MS);
  expect([sinceMs(0, 'p1'), sinceMs(1, 'p1'), sinceMs(2, 'p2')]).toEqual([0, 50 * MINUTE_MS, 0]);
  expect(store.places(versionId)).toEqual(['0 p1 held', '1 p1 assigned', '2 p2 assigned']);
});
