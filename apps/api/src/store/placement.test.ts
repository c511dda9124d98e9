import { expect, test } from 'vitest';
import { Chance } from '../../bench/chance.ts';
import { manyPeers } from '../testing/store-peers.ts';
import type { Assignment } from './assign-columns.ts';
import { placeGroup, spareCount } from './placement.ts';
import type { StorePeers } from './store-peer.ts';

interface Wanted {
  seed?: number;
  companions?: ReadonlySet<string>;
  before?: Assignment[];
}

function place(peers: StorePeers, k: number, n: number, more: Wanted = {}) {
  const { seed = 1, companions = new Set<string>(), before = [] } = more;
  const chance = new Chance(seed);
  const using = { code: { k, n }, peers, candidates: [...peers.values()], needBytes: 1, nowMs: 0, companions };
  return placeGroup(using, () => chance.next(), before);
}

test('a quarter more are asked than are needed, and two at least', () => {
  expect([4, 10, 16, 32].map((n) => spareCount({ k: 1, n }))).toEqual([2, 2, 4, 8]);
});

test('each column is at somebody else, and so is each spare', () => {
  const { columns, spares } = place(manyPeers(50), 8, 32);
  expect(columns.map(({ index }) => index)).toEqual(Array.from({ length: 32 }, (_, index) => index));
  expect(spares.map(({ index }) => index)).toEqual([32, 33, 34, 35, 36, 37, 38, 39]);
  expect(new Set([...columns, ...spares].map(({ ownerId }) => ownerId)).size).toBe(40);
});

test('with nobody left there are no spares, and nobody is asked twice for one', () => {
  expect(place(manyPeers(10), 4, 10).spares).toEqual([]);
  expect(place(manyPeers(11), 4, 10).spares).toHaveLength(1);
  const few = place(manyPeers(5), 4, 10);
  expect(few.columns).toHaveLength(10);
  expect(few.spares).toEqual([]);
});

test('those who are there most are chosen most', () => {
  const peers = manyPeers(100, (index) => ({ officeUptime: index < 50 ? 0.9 : 0.3 }));
  const chosen = Array.from({ length: 20 }, (_, seed) => place(peers, 4, 16, { seed }).columns).flat();
  const reliable = chosen.filter(({ peerId }) => peers.get(peerId)!.officeUptime === 0.9);
  expect(reliable.length / chosen.length).toBeGreaterThan(0.95);
});

test('files do not all go to the same people', () => {
  const peers = manyPeers(100);
  const chosen = Array.from({ length: 40 }, (_, seed) => place(peers, 4, 16, { seed }).columns).flat();
  expect(new Set(chosen.map(({ peerId }) => peerId)).size).toBeGreaterThan(90);
});

test('all groups of a version go to the same people, as far as they have room', () => {
  const ids = (chosen: { readonly peerId: string }[]) => new Set(chosen.map(({ peerId }) => peerId));
  const first = ids([...place(manyPeers(100), 4, 16).columns]);
  expect(ids([...place(manyPeers(100), 4, 16, { seed: 2, companions: first }).columns])).toEqual(first);
  const full = manyPeers(100, (index) => (first.has(`p${index}`) && index % 2 === 0 ? { freeBytes: 0 } : {}));
  const next = ids([...place(full, 4, 16, { seed: 2, companions: first }).columns]);
  expect(next.size).toBe(16);
  expect([...next].filter((id) => first.has(id) && full.get(id)!.freeBytes === 0)).toEqual([]);
});

test('a file that nobody can hold is placed nowhere', () => {
  expect(place(manyPeers(0), 1, 0)).toEqual({ columns: [], spares: [] });
});

test('who has a column of the group before gets the same one of this group, while they are there and have room', () => {
  const first = place(manyPeers(50), 4, 10).columns;
  expect(place(manyPeers(50), 4, 10, { seed: 2, before: [...first] }).columns).toEqual(first);

  const [left, full] = [first[3]!.peerId, first[5]!.peerId];
  const fewer = new Map([...manyPeers(50)].filter(([peerId]) => peerId !== left));
  fewer.set(full, { ...fewer.get(full)!, freeBytes: 1 });
  const next = place(fewer, 4, 10, { seed: 2, before: [...first] }).columns;
  expect(next.map(({ index }) => index)).toEqual(first.map(({ index }) => index));
  const moved = next.filter(({ index, peerId }) => first[index]!.peerId !== peerId).map(({ index }) => index);
  expect(moved).toEqual([3, 5]);
  expect(new Set(next.map(({ ownerId }) => ownerId)).size).toBe(10);
});
