import { expect, test } from 'vitest';
import { byTurn, canMove, placesOf } from './queue.ts';
import { transfer } from './transfer-fixture.ts';

const ids = (transfers: { transferId: string }[]) => transfers.map(({ transferId }) => transferId);

test('what is under way comes in its order, what has ended after it and newest first', () => {
  const transfers = [
    transfer({ transferId: 'old', status: 'done', createdAt: 1, order: 0 }),
    transfer({ transferId: 'third', status: 'paused', order: 7, createdAt: 9 }),
    transfer({ transferId: 'new', status: 'failed', createdAt: 2, order: 9 }),
    transfer({ transferId: 'second', order: 4, createdAt: 5 }),
    transfer({ transferId: 'first', order: 4, createdAt: 3 }),
  ];
  expect(ids(transfers.sort(byTurn))).toEqual(['first', 'second', 'third', 'new', 'old']);
});

test('each direction is a line of its own', () => {
  const places = placesOf([
    transfer({ transferId: 'a' }),
    transfer({ transferId: 'b', direction: 'send' }),
    transfer({ transferId: 'c' }),
    transfer({ transferId: 'served', direction: 'send', origin: 'catalog' }),
  ]);
  expect(places.get('a')).toEqual({ place: 1, count: 2 });
  expect(places.get('b')).toEqual({ place: 1, count: 1 });
  expect(places.get('c')).toEqual({ place: 2, count: 2 });
  expect(places.has('served')).toBe(false);
});

test.each([
  [1, 1, false, false],
  [1, 3, false, true],
  [2, 3, true, true],
  [3, 3, true, false],
])('number %d of %d may go up: %s, down: %s', (place, count, up, down) => {
  expect([canMove({ place, count }, 'up'), canMove({ place, count }, 'down')]).toEqual([up, down]);
});
