import { expect, test } from 'vitest';
import { held, heldByMany, manyPeers } from '../testing/store-peers.ts';
import { lapsedPlaces } from './lapsed.ts';
import type { Place } from './place.ts';

const MINUTE_MS = 60_000;
const PEERS = manyPeers(20);
const assigned = (index: number, sinceMs = 0) => held(index, `p${index}`, { state: 'assigned', sinceMs });
const lapsed = (places: Place[], nowMs = 0) => lapsedPlaces(places, 10, PEERS, nowMs).map(({ index }) => index);

test('while columns are wanted, everybody who pulls one is waited for', () => {
  expect(lapsed([...heldByMany(9), assigned(9), assigned(10)])).toEqual([]);
});

test('as soon as n columns are held, the slow ones are released', () => {
  const places = [...heldByMany(10).filter(({ index }) => index !== 4), held(11, 'p11'), assigned(4), assigned(10)];
  expect(lapsed(places)).toEqual([4, 10]);
});

test('who has not got on with it for half an hour is released', () => {
  expect(lapsed([assigned(0), assigned(1, MINUTE_MS)], 30 * MINUTE_MS)).toEqual([0]);
});

test('what somebody else has by now need not be pulled', () => {
  expect(lapsed([held(3, 'p9'), assigned(3), assigned(4)])).toEqual([3]);
});

test('a column of somebody without an account any more is released at once', () => {
  expect(lapsed([held(3, 'unknown', { state: 'assigned' })])).toEqual([3]);
});

test('columns of the dead do not make others slow', () => {
  const places = heldByMany(10).map((place) => (place.index === 0 ? { ...place, peerId: 'unknown' } : place));
  expect(lapsed([...places, assigned(11)])).toEqual([]);
});
