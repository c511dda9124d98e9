import { expect, test } from 'vitest';
import { assignedPlace, type PlaceEvent, type PlaceState, placeTransition } from './place.ts';

const assigned = assignedPlace({ index: 7, peerId: 'p1', ownerId: 'ann' }, 100);
const after = (state: PlaceState, event: PlaceEvent) => placeTransition({ ...assigned, state }, event, 200);

test.each<[PlaceState, PlaceEvent, PlaceState, number]>([
  ['assigned', 'progress', 'assigned', 200],
  ['assigned', 'receipt', 'held', 200],
  ['assigned', 'absent', 'assigned', 100],
  ['assigned', 'release', 'released', 200],
  ['held', 'progress', 'held', 100],
  ['held', 'receipt', 'held', 100],
  ['held', 'absent', 'missing', 200],
  ['held', 'release', 'released', 200],
  ['missing', 'progress', 'missing', 100],
  ['missing', 'receipt', 'held', 200],
  ['missing', 'absent', 'missing', 100],
  ['missing', 'release', 'released', 200],
  ['released', 'progress', 'released', 100],
  ['released', 'receipt', 'released', 100],
  ['released', 'absent', 'released', 100],
  ['released', 'release', 'released', 100],
])('%s and %s: %s', (state, event, next, sinceMs) => {
  expect(after(state, event)[0]).toEqual({ ...assigned, state: next, sinceMs });
});

test('whoever is not wanted as a holder any more is told, also one whose receipt comes late', () => {
  expect(after('held', 'release')[1]).toEqual(['let-go']);
  expect(after('released', 'receipt')[1]).toEqual(['let-go']);
  expect(after('assigned', 'receipt')[1]).toEqual([]);
});
