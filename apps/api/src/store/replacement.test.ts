import { expect, test } from 'vitest';
import { Chance } from '../../bench/chance.ts';
import { held, heldByMany, manyPeers } from '../testing/store-peers.ts';
import type { Place } from './place.ts';
import { replaceColumns } from './replacement.ts';

function replaced(places: Place[], n: number, peerCount: number) {
  const peers = manyPeers(peerCount);
  const chance = new Chance(1);
  const using = { code: { k: 4, n }, places, peers, candidates: [...peers.values()], needBytes: 1, nowMs: 0 };
  return replaceColumns(using, () => chance.next());
}

test('a column whose holder is gone is made again, with the index it had', () => {
  const places = heldByMany(10).map((place) => (place.index === 6 ? { ...place, state: 'missing' as const } : place));
  const [column, ...others] = replaced(places, 10, 12);
  expect(column!.index).toBe(6);
  expect(['p6', 'p10', 'p11']).toContain(column!.peerId);
  expect(others).toEqual([]);
});

test('when n was raised, newcomers take the new columns', () => {
  const taken = replaced(heldByMany(10), 13, 13);
  expect(taken.map(({ index }) => index)).toEqual([10, 11, 12]);
  expect(new Set(taken.map(({ peerId }) => peerId))).toEqual(new Set(['p10', 'p11', 'p12']));
});

test('what is assigned already is waited for', () => {
  const places = [...heldByMany(9), held(9, 'p9', { state: 'assigned' })];
  expect(replaced(places, 10, 12)).toEqual([]);
});

test('a spare that was quicker than a column leaves nothing to be made', () => {
  const places = [...heldByMany(10).filter(({ index }) => index !== 2), held(10, 'p10')];
  expect(replaced(places, 10, 12)).toEqual([]);
});

test('with nobody new somebody takes a second one, and with nobody at all nobody does', () => {
  expect(replaced(heldByMany(10), 11, 10)).toHaveLength(1);
  expect(replaced([], 10, 0)).toEqual([]);
});
