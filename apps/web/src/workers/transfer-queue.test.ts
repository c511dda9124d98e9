import { describe, expect, test } from 'vitest';
import { type QueuedTransfer, queueMoves, reordered } from './transfer-queue.ts';

const LARGE = 50_000_000;
function transfer(transferId: string, order: number, change: Partial<QueuedTransfer> = {}): QueuedTransfer {
  return { transferId, order, direction: 'receive', isMoving: true, isHeld: false, totalBytes: LARGE, ...change };
}
const held = { isMoving: false, isHeld: true };

describe('queueMoves', () => {
  test('without a limit nobody waits', () => {
    const all = [1, 2, 3].map((order) => transfer(`${order}`, order));
    expect(queueMoves(all, null)).toEqual({ hold: [], release: [] });
    expect(queueMoves([transfer('a', 1, held)], null)).toEqual({ hold: [], release: ['a'] });
  });

  test('those last in order wait', () => {
    expect(queueMoves([transfer('c', 3), transfer('a', 1), transfer('b', 2)], 2)).toEqual({ hold: ['c'], release: [] });
  });

  test('when one ends the next one moves, and one put first takes a place', () => {
    expect(queueMoves([transfer('b', 2), transfer('c', 3, held)], 2)).toEqual({ hold: [], release: ['c'] });
    expect(queueMoves([transfer('a', 1), transfer('b', 2), transfer('c', 0, held)], 2)).toEqual({
      hold: ['b'],
      release: ['c'],
    });
  });

  test('one that somebody paused or that lost its link takes no place', () => {
    const paused = transfer('a', 1, { isMoving: false });
    expect(queueMoves([paused, transfer('b', 2), transfer('c', 3, held)], 2)).toEqual({ hold: [], release: ['c'] });
  });

  test('each direction has its own places', () => {
    const all = [transfer('a', 1), transfer('b', 2, { direction: 'send' })];
    expect(queueMoves(all, 1)).toEqual({ hold: [], release: [] });
  });

  test('a small one never waits', () => {
    const all = [transfer('a', 1), transfer('b', 2, { totalBytes: 1000 })];
    expect(queueMoves(all, 1)).toEqual({ hold: [], release: [] });
  });
});

describe('reordered', () => {
  const all = [transfer('a', 10), transfer('b', 20), transfer('c', 30)];
  test.each([
    ['c', 'up', { c: 20, b: 30 }],
    ['a', 'down', { a: 20, b: 10 }],
    ['c', 'first', { c: 9 }],
    ['a', 'first', {}],
    ['a', 'up', {}],
    ['c', 'down', {}],
    ['x', 'up', {}],
  ] as const)('%s goes %s', (transferId, to, places) => {
    expect(Object.fromEntries(reordered(all, transferId, to))).toEqual(places);
  });
});
