import fc from 'fast-check';
import { expect, test } from 'vitest';
import { held, heldByMany, manyPeers, peer, peersOf } from '../testing/store-peers.ts';
import { type Assigning, assignColumns, columnsPerOwner } from './assign-columns.ts';
import type { StorePeers } from './store-peer.ts';

const assigning = (peers: StorePeers, more: Partial<Assigning> = {}): Assigning => ({
  code: { k: 4, n: 10 },
  places: [],
  peers,
  candidates: [...peers.values()],
  needBytes: 1,
  nowMs: 0,
  ...more,
});
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

test('with as many people as columns each holds one, else half of what is spare at most', () => {
  expect(columnsPerOwner({ k: 4, n: 16 }, 16)).toBe(1);
  expect(columnsPerOwner({ k: 4, n: 16 }, 15)).toBe(6);
  expect(columnsPerOwner({ k: 4, n: 15 }, 14)).toBe(5);
  expect(columnsPerOwner({ k: 2, n: 4 }, 3)).toBe(1);
  expect(columnsPerOwner({ k: 1, n: 2 }, 1)).toBe(1);
});

test('candidates take the columns in their order', () => {
  expect(assignColumns([3, 5], assigning(manyPeers(10)))).toEqual([
    { index: 3, peerId: 'p0', ownerId: 'owner of p0' },
    { index: 5, peerId: 'p1', ownerId: 'owner of p1' },
  ]);
});

test('who holds one already is passed over while there are people enough', () => {
  const assigned = assignColumns([8, 9], assigning(manyPeers(10), { places: heldByMany(8) }));
  expect(assigned.map(({ peerId }) => peerId)).toEqual(['p8', 'p9']);
});

test('only one device of a person is asked', () => {
  const peers = manyPeers(12, (index) => (index < 3 ? { ownerId: 'ann' } : {}));
  const assigned = assignColumns(upTo(10), assigning(peers));
  expect(assigned).toHaveLength(10);
  expect(assigned.filter(({ ownerId }) => ownerId === 'ann')).toHaveLength(1);
});

test('with too few people everybody gets a first one before anybody gets a second one', () => {
  const assigned = assignColumns(upTo(10), assigning(manyPeers(6)));
  const counts = [...manyPeers(6).keys()].map((id) => assigned.filter(({ peerId }) => peerId === id).length);
  expect(counts).toEqual([2, 2, 2, 2, 1, 1]);
  expect(new Set(assigned.map(({ index }) => index)).size).toBe(10);
});

test('a second one goes to another device of the person, if there is one', () => {
  const peers = peersOf(
    peer('laptop', { ownerId: 'ann' }),
    peer('desktop', { ownerId: 'ann' }),
    ...manyPeers(4).values(),
  );
  const anns = assignColumns(upTo(10), assigning(peers)).filter(({ ownerId }) => ownerId === 'ann');
  expect(anns.map(({ peerId }) => peerId)).toEqual(['laptop', 'desktop']);
});

test('nobody is given more than there is room for', () => {
  const peers = manyPeers(3, () => ({ freeBytes: 150 }));
  const assigned = assignColumns(upTo(10), assigning(peers, { needBytes: 100 }));
  expect(assigned).toHaveLength(3);
  const forTwo = manyPeers(3, () => ({ freeBytes: 250 }));
  expect(assignColumns(upTo(10), assigning(forTwo, { needBytes: 100 }))).toHaveLength(6);
});

test('nobody is given a column twice, which a second device of the same person may take', () => {
  const peers = peersOf(peer('laptop', { ownerId: 'ann' }), peer('desktop', { ownerId: 'ann' }));
  const places = [held(0, 'laptop', { ownerId: 'ann' })];
  expect(assignColumns([0], assigning(peers, { places }))).toEqual([{ index: 0, peerId: 'desktop', ownerId: 'ann' }]);
});

test('while there are people enough who live, the few who are there now get one each', () => {
  const peers = manyPeers(10, (index) => ({ onlineSinceMs: index < 2 ? 0 : null }));
  const candidates = [...peers.values()].slice(0, 2);
  expect(assignColumns(upTo(10), assigning(peers, { candidates }))).toHaveLength(2);
});

test('the dead hold nothing, and what is missing can be taken again', () => {
  const places = [held(0, 'p0', { state: 'missing' }), held(1, 'gone', { ownerId: 'owner of p1' })];
  const assigned = assignColumns([0, 1], assigning(manyPeers(10), { places }));
  expect(assigned.map(({ peerId }) => peerId)).toEqual(['p0', 'p1']);
});

test('nobody ever holds more than their part, or a column twice', () => {
  const owners = fc.array(fc.nat(8), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(owners, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 2, max: 12 }), (ownerNumbers, k, spare) => {
      const code = { k, n: k + spare };
      const peers = manyPeers(ownerNumbers.length, (index) => ({ ownerId: `o${ownerNumbers[index]}` }));
      const assigned = assignColumns(upTo(code.n), assigning(peers, { code }));
      const ownerCount = new Set(ownerNumbers).size;
      for (const owner of new Set(ownerNumbers)) {
        const count = assigned.filter(({ ownerId }) => ownerId === `o${owner}`).length;
        expect(count).toBeLessThanOrEqual(columnsPerOwner(code, ownerCount));
      }
      expect(new Set(assigned.map(({ index }) => index)).size).toBe(assigned.length);
      expect(assigned.length).toBeGreaterThanOrEqual(Math.min(ownerCount, code.n));
    }),
  );
});
