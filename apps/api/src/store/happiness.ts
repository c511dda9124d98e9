// How many owners hold columns that differ, the measure of an upload ("servers of happiness", Tahoe-LAFS): ten receipts of
// one person, or for one column, are worth one. Knows no threshold.
import type { Place } from './place.ts';

/** The largest number of owners who can each be given a held column of their own. */
export function happiness(places: readonly Place[]): number {
  const columnsOf = new Map<string, number[]>();
  for (const { ownerId, index, state } of places) {
    if (state === 'held') columnsOf.set(ownerId, [...(columnsOf.get(ownerId) ?? []), index]);
  }
  const ownerOf = new Map<number, string>();
  let matched = 0;
  for (const ownerId of columnsOf.keys()) if (giveColumn(ownerId, columnsOf, ownerOf, new Set())) matched++;
  return matched;
}

/** Kuhn's augmenting path: an owner takes a column if whoever has it can have another. */
function giveColumn(
  ownerId: string,
  columnsOf: ReadonlyMap<string, readonly number[]>,
  ownerOf: Map<number, string>,
  tried: Set<number>,
): boolean {
  for (const index of columnsOf.get(ownerId) ?? []) {
    if (tried.has(index)) continue;
    tried.add(index);
    const other = ownerOf.get(index);
    if (other !== undefined && !giveColumn(other, columnsOf, ownerOf, tried)) continue;
    ownerOf.set(index, ownerId);
    return true;
  }
  return false;
}
