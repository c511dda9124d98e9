import { expect, test } from 'vitest';
import { held, heldByMany, manyPeers, peer, peersOf } from '../testing/store-peers.ts';
import { freeColumns, groupColumns } from './columns.ts';

const WEEK_MS = 7 * 86_400_000;
const sets = (...[places, peers, nowMs]: Parameters<typeof groupColumns>) => {
  const { online, arriving, alive, taken } = groupColumns(places, peers, nowMs);
  return { online: [...online], arriving: [...arriving], alive: [...alive], taken: [...taken] };
};

test('a column counts by whoever has it: online, alive or at least assigned', () => {
  const peers = peersOf(
    peer('here'),
    peer('away', { onlineSinceMs: null, lastContactMs: WEEK_MS }),
    peer('dead', { onlineSinceMs: null, lastContactMs: 0 }),
  );
  const assigned = [held(3, 'here', { state: 'assigned' }), held(4, 'away', { state: 'assigned' })];
  const places = [held(0, 'here'), held(1, 'away'), held(2, 'dead'), ...assigned];
  expect(sets(places, peers, WEEK_MS)).toEqual({
    online: [0],
    arriving: [0, 3],
    alive: [0, 1],
    taken: [0, 1, 3, 4],
  });
});

test('what is missing or released counts for nothing', () => {
  const places = [held(0, 'p0', { state: 'missing' }), held(1, 'p1', { state: 'released' })];
  expect(sets(places, manyPeers(2), 0)).toEqual({ online: [], arriving: [], alive: [], taken: [] });
});

test('a column at two peers is one column, and online when one of them is', () => {
  const peers = peersOf(peer('away', { onlineSinceMs: null }), peer('here'));
  expect(sets([held(5, 'away'), held(5, 'here')], peers, 0)).toMatchObject({ online: [5], alive: [5], taken: [5] });
});

test('a peer that was dead counts again with its next contact', () => {
  const places = heldByMany(1);
  const away = manyPeers(1, () => ({ onlineSinceMs: null }));
  expect(sets(places, away, WEEK_MS).alive).toEqual([]);
  expect(sets(places, manyPeers(1), WEEK_MS).alive).toEqual([0]);
});

test('free columns are those below n that nobody has, data first', () => {
  expect(freeColumns(6, new Set([1, 3, 4]))).toEqual([0, 2, 5]);
});

test('a column beyond n is as good as one below', () => {
  expect(freeColumns(6, new Set([1, 3, 4, 7, 8]))).toEqual([0]);
  expect(freeColumns(6, new Set([1, 3, 4, 6, 7, 8, 9]))).toEqual([]);
});
