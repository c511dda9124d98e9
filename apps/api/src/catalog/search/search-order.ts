// What results are in order of, and what comes after what. Every order ends with the number of the entry, so that it is
// one and the same for an unchanged catalog. Pure.
import type { CatalogOrder, SearchRequest } from '@ferry/shared';
import type { Match } from './candidate-rows.ts';

export type OrderKey = number | string;

export interface Placed {
  key: OrderKey;
  entryNo: number;
}

export interface SearchOrder {
  by: CatalogOrder;
  isDescending: boolean;
}

/** The best and newest come first, whichever way; the others begin with the least unless it is said. */
export function orderOf({ order = 'relevance', isDescending = false }: Partial<SearchRequest>): SearchOrder {
  return { by: order, isDescending: order === 'relevance' || isDescending };
}

/** @param rank of a search by relevance */
export function keyOf({ by }: SearchOrder, match: Pick<Match, 'nameKey' | 'sizeBytes' | 'modifiedMs'>, rank: number) {
  switch (by) {
    case 'name':
      return match.nameKey;
    case 'size':
      return match.sizeBytes;
    case 'modified':
      return match.modifiedMs;
    case 'relevance':
      return rank;
  }
}

/** Less than 0 when `a` comes first. Text is compared as SQLite does it. */
export function compare({ isDescending }: SearchOrder, a: Placed, b: Placed): number {
  const ascending = compareKeys(a.key, b.key) || a.entryNo - b.entryNo;
  return isDescending ? -ascending : ascending;
}

function compareKeys(a: OrderKey, b: OrderKey): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return compareText(String(a), String(b));
}

/** By code points, which is the order of bytes in UTF-8: surrogates are beyond everything else. */
function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let unit = 0; unit < length; unit++) {
    const [left, right] = [a.charCodeAt(unit), b.charCodeAt(unit)];
    if (left !== right) return rankOfUnit(left) - rankOfUnit(right);
  }
  return a.length - b.length;
}

function rankOfUnit(unit: number): number {
  const isSurrogate = unit >= 0xd800 && unit < 0xe000;
  return isSurrogate ? unit + 0x10000 : unit;
}
