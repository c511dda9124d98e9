// Keeps yesterday's object where nothing changed: ten snapshots a second must not redraw the rows at rest.
import type { TransferSnapshot } from '../../adapters/engine-contract.ts';

/** `next`, with every transfer that equals its predecessor replaced by it. */
export function reuseUnchanged(
  previous: readonly TransferSnapshot[],
  next: readonly TransferSnapshot[],
): TransferSnapshot[] {
  const known = new Map(previous.map((transfer) => [transfer.transferId, transfer]));
  return next.map((transfer) => {
    const before = known.get(transfer.transferId);
    return before && isEqual(before, transfer) ? before : transfer;
  });
}

/** Plain data of plain data, as it crosses postMessage. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const aEntries = Object.entries(a).filter(([, value]) => value !== undefined);
  const bEntries = Object.entries(b).filter(([, value]) => value !== undefined);
  if (aEntries.length !== bEntries.length) return false;
  const other = new Map(bEntries);
  return aEntries.every(([key, value]) => other.has(key) && isEqual(value, other.get(key)));
}
