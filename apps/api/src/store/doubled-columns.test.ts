import { expect, test } from 'vitest';
import { held, heldByMany, manyPeers } from '../testing/store-peers.ts';
import { copiesOfDoubled, isSpreading } from './doubled-columns.ts';
import type { Place } from './place.ts';

/** Safe with seven people. */
const CODE = { k: 4, n: 10 };
const PEERS = manyPeers(12);

function copies(places: Place[], candidates: string[], isThere?: (index: number) => boolean) {
  const able = candidates.map((peerId) => PEERS.get(peerId)!);
  return copiesOfDoubled({ code: CODE, places, peers: PEERS, candidates: able, needBytes: 1, nowMs: 0 }, isThere).map(
    ({ index, peerId }) => `${index} ${peerId}`,
  );
}
/** Columns 0 to 5 at one person, 6 to 9 at others. */
const DOUBLED = [0, 1, 2, 3, 4, 5]
  .map((index) => held(index, 'p0'))
  .concat([6, 7, 8, 9].map((at) => held(at, `p${at}`)));

test('who has none of a group gets a copy of what somebody has beside another column', () => {
  expect(copies(DOUBLED, ['p0', 'p6', 'p10'])).toEqual(['0 p10']);
  expect(copies(DOUBLED, ['p10', 'p11', 'p1'])).toEqual(['0 p10', '1 p11']);
  expect(copies(DOUBLED, ['p0', 'p6'])).toEqual([]);
});

test('only of what can be given, and of nothing that only one column is kept of', () => {
  expect(copies(DOUBLED, ['p10', 'p11'], (index) => index >= 5)).toEqual(['5 p10']);
  expect(copies(heldByMany(6), ['p10'])).toEqual([]);
});

test('what is on its way counts, and what the dead have does not', () => {
  const coming = held(1, 'p10', { state: 'assigned' });
  expect(copies([...DOUBLED, coming], ['p10', 'p11'])).toEqual(['0 p11']);
  expect(copies([...DOUBLED, held(2, 'gone')], ['p11'])).toEqual(['0 p11']);
});

test('when it is safe nobody gets a copy', () => {
  expect(copies([...DOUBLED, held(0, 'p10'), held(1, 'p11')], ['p1', 'p2'])).toEqual([]);
});

test('a copy is waited for only as long as it makes the group safer', () => {
  expect(isSpreading(held(1, 'p10', { state: 'assigned' }), DOUBLED, CODE)).toBe(true);
  expect(isSpreading(held(7, 'p10', { state: 'assigned' }), [held(7, 'p7')], CODE)).toBe(false);
  expect(isSpreading(held(1, 'p11', { state: 'assigned' }), heldByMany(7), CODE)).toBe(false);
});
