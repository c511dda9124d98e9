import { expect, test } from 'vitest';
import { held, heldByMany, manyPeers, peer } from '../testing/store-peers.ts';
import { type Assigned, lapsedPlaces } from './lapsed.ts';
import type { Place } from './place.ts';

const MINUTE_MS = 60_000;
const UPLOADER = peer('uploader');
const assigned = (index: number, sinceMs = 0, peerId = `p${index}`) =>
  held(index, peerId, { state: 'assigned', sinceMs });

function lapsed(places: Place[], more: Partial<Assigned> = {}) {
  const using = { code: { k: 4, n: 10 }, peers: manyPeers(20), nowMs: 0, sourceOf: () => UPLOADER };
  return lapsedPlaces({ places, ...using, ...more }).map(({ index }) => index);
}

test('until the upload is accepted, everybody who pulls a column is waited for', () => {
  expect(lapsed([...heldByMany(6), assigned(6), assigned(10)])).toEqual([]);
});

test('with the acceptance the spares are released; the others go on', () => {
  expect(lapsed([...heldByMany(7), assigned(7), assigned(10)])).toEqual([10]);
});

test('as soon as n columns are held, the slow ones are released', () => {
  const places = [...heldByMany(10).filter(({ index }) => index !== 4), held(11, 'p11'), assigned(4), assigned(10)];
  expect(lapsed(places)).toEqual([4, 10]);
});

test('who has not got on with it for an hour is released', () => {
  expect(lapsed([assigned(0), assigned(1, MINUTE_MS)], { nowMs: 60 * MINUTE_MS })).toEqual([0]);
});

test('while the source is away, and for an hour after it came, nobody is blamed', () => {
  const at = (nowMs: number, onlineSinceMs: number | null) =>
    lapsed([assigned(0)], { nowMs, sourceOf: () => peer('uploader', { onlineSinceMs }) });
  expect(at(3000 * MINUTE_MS, null)).toEqual([]);
  expect(at(3059 * MINUTE_MS, 3000 * MINUTE_MS)).toEqual([]);
  expect(at(3060 * MINUTE_MS, 3000 * MINUTE_MS)).toEqual([0]);
});

test('what nobody can give any more is released at once', () => {
  const ofRepair = ({ index }: Place) => (index === 1 ? undefined : UPLOADER);
  expect(lapsed([assigned(0), assigned(1)], { sourceOf: ofRepair })).toEqual([1]);
});

test('what somebody else who is there has by now need not be pulled', () => {
  expect(lapsed([held(3, 'p9'), assigned(3), assigned(4)])).toEqual([3]);
});

test('what somebody has beside another column is waited for at somebody else, until it is safe', () => {
  const places = [held(0, 'p0'), held(1, 'p0'), ...[2, 3, 4, 5].map((index) => held(index, `p${index}`))];
  expect(lapsed([...places, assigned(1, 0, 'p10')])).toEqual([]);
  const safe = [...places, held(6, 'p6'), held(7, 'p7')];
  expect(lapsed([...safe, assigned(1, 0, 'p10')])).toEqual([1]);
});

test('a second copy of what is away is waited for, also when there are n columns, until its holder comes', () => {
  const places = [...heldByMany(10), assigned(3, 0, 'p15')];
  const whileThird = (onlineSinceMs: number | null) =>
    lapsed(places, { peers: manyPeers(20, (index) => (index === 3 ? { onlineSinceMs } : {})) });
  expect(whileThird(null)).toEqual([]);
  expect(whileThird(0)).toEqual([3]);
});

test('a column of somebody without an account any more is released at once', () => {
  expect(lapsed([assigned(3, 0, 'unknown')])).toEqual([3]);
});

test('columns of the dead do not make others slow', () => {
  const places = heldByMany(10).map((place) => (place.index === 0 ? { ...place, peerId: 'unknown' } : place));
  expect(lapsed([...places, assigned(0, 0, 'p11')])).toEqual([]);
  expect(lapsed([...heldByMany(10), assigned(0, 0, 'p11')])).toEqual([0]);
});
