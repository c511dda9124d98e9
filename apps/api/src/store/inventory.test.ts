import { expect, test } from 'vitest';
import { held } from '../testing/store-peers.ts';
import { columnKey, type PeerPlace, reconcile } from './inventory.ts';
import type { PlaceState } from './place.ts';

const at = (groupId: string, state: PlaceState = 'held'): PeerPlace => ({ groupId, place: held(2, 'p1', { state }) });
const having = (...groupIds: string[]) => new Set(groupIds.map((groupId) => columnKey(groupId, 2)));
const events = (expected: PeerPlace[], there: ReadonlySet<string>) =>
  reconcile(expected, there).events.map(({ of, event }) => [of.groupId, event]);

test('what is not in the inventory is missing', () => {
  expect(events([at('g1'), at('g2')], having('g1'))).toEqual([['g2', 'absent']]);
});

test('after a wipe everything is missing', () => {
  expect(events([at('g1'), at('g2')], having())).toEqual([
    ['g1', 'absent'],
    ['g2', 'absent'],
  ]);
});

test('what was missing and is there again counts again', () => {
  expect(events([at('g1', 'missing')], having('g1'))).toEqual([['g1', 'receipt']]);
});

test('what is being pulled is neither missing nor held by being in an inventory', () => {
  expect(events([at('g1', 'assigned')], having())).toEqual([]);
  expect(events([at('g1', 'assigned')], having('g1'))).toEqual([]);
});

test('what was released, or never heard of, may be deleted', () => {
  const { unwanted } = reconcile([at('g1'), at('g2', 'released')], having('g1', 'g2', 'g3'));
  expect(unwanted).toEqual(['g2:2', 'g3:2']);
});
