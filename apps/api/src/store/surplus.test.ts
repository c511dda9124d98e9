import { expect, test } from 'vitest';
import { held, heldByMany, manyPeers } from '../testing/store-peers.ts';
import type { Place } from './place.ts';
import { releasedForRoom, surplusPlaces } from './surplus.ts';

/** The higher the number, the more often a peer is there. */
const PEERS = manyPeers(20, (index) => ({ officeUptime: index / 20 }));
const surplus = (places: Place[], n = 10) => surplusPlaces(places, n, PEERS, 0).map(({ peerId }) => peerId);

test('while each column is held once nothing is surplus', () => {
  expect(surplus(heldByMany(10))).toEqual([]);
  expect(surplus(heldByMany(6))).toEqual([]);
});

test('of a column that is held twice, the one at whoever is there less is', () => {
  expect(surplus([...heldByMany(10), held(3, 'p15'), held(9, 'p2')])).toEqual(['p2', 'p3']);
});

test('of more than n columns, those at whoever is there least are', () => {
  expect(surplus([...heldByMany(10), held(10, 'p11'), held(11, 'p12')])).toEqual(['p0', 'p1']);
});

test('without what is surplus, n columns are alive', () => {
  const places = [...heldByMany(14), held(3, 'p15'), held(5, 'p16'), held(5, 'p17')];
  const gone = new Set(surplus(places));
  const left = places.filter(({ peerId }) => !gone.has(peerId));
  expect(new Set(left.map(({ index }) => index)).size).toBe(10);
  expect(left).toHaveLength(10);
});

test('what the dead hold keeps nobody from being needed', () => {
  expect(surplus([...heldByMany(10), held(3, 'unknown')])).toEqual([]);
});

test('no more is released than is wanted', () => {
  const column = (sizeBytes: number) => ({ groupId: `g${sizeBytes}`, index: 0, sizeBytes });
  const sizes = (wantedBytes: number) =>
    releasedForRoom([column(1), column(64), column(10)], wantedBytes).map(({ sizeBytes }) => sizeBytes);
  expect(sizes(0)).toEqual([]);
  expect(sizes(60)).toEqual([64]);
  expect(sizes(65)).toEqual([64, 10]);
  expect(sizes(1000)).toEqual([64, 10, 1]);
});
