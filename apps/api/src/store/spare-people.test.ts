import fc from 'fast-check';
import { expect, test } from 'vitest';
import { held, heldByMany, manyPeers } from '../testing/store-peers.ts';
import type { Place } from './place.ts';
import { sparePeople } from './spare-people.ts';

const PEERS = manyPeers(16);
const spare = (places: readonly Place[], k: number) => sparePeople(places, k, PEERS, 0);
const by = (ownerId: string, index: number, peerId = `p${index}`) => held(index, peerId, { ownerId });

/** Tries every set of people. */
function tried(places: readonly Place[], k: number): number {
  const owners = [...new Set(places.map(({ ownerId }) => ownerId))];
  const least = Array.from({ length: 2 ** owners.length }, (_, set) => set)
    .filter((set) => {
      const left = places.filter(({ ownerId }) => (set & (1 << owners.indexOf(ownerId))) === 0);
      return new Set(left.map(({ index }) => index)).size < k;
    })
    .map((set) => owners.filter((_, bit) => (set & (1 << bit)) !== 0).length);
  return Math.min(...least) - 1;
}

test('with a column each, as many people can leave as columns are spare', () => {
  expect(spare(heldByMany(16), 4)).toBe(12);
  expect(spare(heldByMany(4), 4)).toBe(0);
});

test('with fewer columns than restore it, none can', () => {
  expect(spare(heldByMany(3), 4)).toBe(-1);
  expect(spare([], 1)).toBe(-1);
});

test('whoever has several devices takes them all along', () => {
  const places = [by('ann', 0), by('ann', 1), by('ann', 2), by('bob', 3), by('cem', 4), by('dan', 5)];
  expect(spare(places, 4)).toBe(0);
  expect(spare(places, 3)).toBe(1);
});

test('a second copy helps only when somebody else has it', () => {
  expect(spare([by('ann', 0, 'p0'), by('ann', 0, 'p1')], 1)).toBe(0);
  expect(spare([by('ann', 0, 'p0'), by('bob', 0, 'p1')], 1)).toBe(1);
});

test('the dead, and what is missing, do not count', () => {
  const places = [...heldByMany(4), held(4, 'unknown'), held(5, 'p5', { state: 'missing' })];
  expect(spare(places, 4)).toBe(0);
});

test('it never promises too much, and with a column in one place each it is exact', () => {
  const somePlaces = fc.array(fc.tuple(fc.nat(6), fc.nat(7)), { maxLength: 14 });
  fc.assert(
    fc.property(somePlaces, fc.integer({ min: 1, max: 5 }), (pairs, k) => {
      const places = pairs.map(([owner, index], at) => by(`o${owner}`, index, `p${at}`));
      const columnCount = new Set(places.map(({ index }) => index)).size;
      const exact = columnCount < k ? -1 : tried(places, k);
      expect(spare(places, k)).toBeLessThanOrEqual(exact);
      if (columnCount === places.length) expect(spare(places, k)).toBe(exact);
    }),
  );
});
