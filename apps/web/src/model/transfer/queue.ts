// Whose turn it is: unfinished transfers in the order they move in, each direction a line of its own. Pure.
import type { TransferSnapshot } from '../../adapters/engine-contract.ts';
import { isEnded, isServed } from './transfer-kind.ts';

/** What is under way, least `order` first; then what has ended, newest first. */
export function byTurn(a: TransferSnapshot, b: TransferSnapshot): number {
  if (isEnded(a) !== isEnded(b)) return Number(isEnded(a)) - Number(isEnded(b));
  return isEnded(a) ? b.createdAt - a.createdAt : a.order - b.order || a.createdAt - b.createdAt;
}

/** Counted from 1. */
export interface Place {
  place: number;
  count: number;
}

/** The place of each in its line; `active` are unfinished and in order. What others fetch has a queue of its own. */
export function placesOf(active: readonly TransferSnapshot[]): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const direction of ['receive', 'send']) {
    const line = active.filter((transfer) => transfer.direction === direction && !isServed(transfer));
    for (const [index, { transferId }] of line.entries())
      places.set(transferId, { place: index + 1, count: line.length });
  }
  return places;
}

export function canMove({ place, count }: Place, to: 'up' | 'down'): boolean {
  return to === 'up' ? place > 1 : place < count;
}
