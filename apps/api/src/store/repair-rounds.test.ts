import { afterEach, beforeEach, expect, test } from 'vitest';
import { updateVersion } from '../db/queries/store-versions.ts';
import { StoreTables } from '../testing/store-tables.ts';
import { RepairRounds } from './repair-rounds.ts';

let store: StoreTables;
let looked: string[];
let looks: number;
let rounds: RepairRounds;
beforeEach(() => {
  store = new StoreTables();
  store.addPeers(1);
  [looked, looks] = [[], 0];
  rounds = new RepairRounds(store.db, () => {
    looks++;
    return (versionId) => looked.push(versionId);
  });
});
afterEach(() => store.close());

test('everything in the Store has its turn, once a round, and a round takes a minute at least', () => {
  const versionIds = Array.from({ length: 250 }, () => store.addVersion([], { k: 1, n: 1 }));
  for (let second = 0; looked.length < 250; second++) rounds.tick(second * 1000);
  expect(looked).toEqual(versionIds.toSorted());
  for (let second = 10; second < 60; second++) rounds.tick(second * 1000);
  expect(looked).toHaveLength(250);
  rounds.tick(61_000);
  expect(looked.length).toBeGreaterThan(250);
});

test('what is not in it yet has none', () => {
  updateVersion(store.db, store.addVersion([]), { acceptedAt: null });
  rounds.tick(0);
  expect([looked, looks]).toEqual([[], 0]);
});

test('what lost something does not wait for its turn', () => {
  const versionId = store.addVersion([]);
  rounds.tick(0);
  rounds.tick(1000);
  expect(looked).toEqual([versionId]);
  rounds.soon([versionId]);
  rounds.tick(2000);
  expect(looked).toEqual([versionId, versionId]);
});
