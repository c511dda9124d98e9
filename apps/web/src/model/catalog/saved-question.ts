// A search that the server keeps, as a question of the page, and whether two are the same one. Pure.
import type { CatalogFilters, SaveSearch } from '@ferry/shared';
import { AGES, type Age, type CatalogQuestion, EVERYTHING, filtersOf } from './catalog-question.ts';

type Asked = { query: string; filters?: CatalogFilters | undefined };

/** The server keeps since when; the page asks how long ago: the shortest of its ages that reaches back that far. */
export function questionOfSearch({ query, filters = {} }: Asked, nowMs: number): CatalogQuestion {
  const { kinds = [], ownerIds = [], minBytes = null, maxBytes = null, isAvailable = false, modifiedFromMs } = filters;
  return {
    ...EVERYTHING,
    text: query,
    kinds,
    ownerIds,
    minBytes,
    maxBytes,
    isAvailable,
    age: modifiedFromMs === undefined ? null : ageSince(modifiedFromMs, nowMs),
  };
}

function ageSince(fromMs: number, nowMs: number): Age | null {
  return AGES.find((age) => filtersOf({ ...EVERYTHING, age }, nowMs)!.modifiedFromMs! <= fromMs) ?? null;
}

/** Since when does not tell them apart: it moves with every minute. */
export function isSameSearch(a: Asked, b: Asked): boolean {
  return a.query.trim() === b.query.trim() && keyOf(a.filters) === keyOf(b.filters);
}

function keyOf(filters: CatalogFilters = {}): string {
  const { kinds = [], extensions = [], ownerIds = [], minBytes, maxBytes, modifiedFromMs, isAvailable } = filters;
  const sets = [kinds, extensions, ownerIds].map((values) => values.toSorted());
  return JSON.stringify([sets, minBytes, maxBytes, modifiedFromMs !== undefined, isAvailable ?? false]);
}

/** Nothing narrows it: whatever comes into the catalog would match. */
export function matchesEverything({ query, filters = {} }: Asked | SaveSearch): boolean {
  return query.trim() === '' && Object.keys(filters).length === 0;
}
