// What somebody asks the catalog: words, filters and order, as the page keeps them. The age is relative here, so that a
// question that was kept means the same tomorrow. Pure; knows no server and no address.
import type { CatalogFilters, CatalogKind, CatalogOrder, SearchRequest } from '@ferry/shared';

export const AGES = ['day', 'week', 'month', 'year'] as const;
export type Age = (typeof AGES)[number];

export interface CatalogQuestion {
  /** As it was typed; the server understands what is in it. */
  text: string;
  kinds: readonly CatalogKind[];
  ownerIds: readonly string[];
  minBytes: number | null;
  maxBytes: number | null;
  /** Changed no longer ago than this. */
  age: Age | null;
  /** Only what can be fetched now. */
  isAvailable: boolean;
  order: CatalogOrder;
  isDescending: boolean;
}

export const EVERYTHING: CatalogQuestion = {
  text: '',
  kinds: [],
  ownerIds: [],
  minBytes: null,
  maxBytes: null,
  age: null,
  isAvailable: false,
  order: 'relevance',
  isDescending: false,
};

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const AGE_MS: Record<Age, number> = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS, year: 365 * DAY_MS };

/** Undefined where nothing is filtered. */
export function filtersOf(question: CatalogQuestion, nowMs: number): CatalogFilters | undefined {
  const { kinds, ownerIds, minBytes, maxBytes, age, isAvailable } = question;
  const filters: CatalogFilters = {
    ...(kinds.length > 0 && { kinds: [...kinds] }),
    ...(ownerIds.length > 0 && { ownerIds: [...ownerIds] }),
    ...(minBytes !== null && { minBytes }),
    ...(maxBytes !== null && { maxBytes }),
    // Whole minutes: the pages of one search must not differ by when each was asked for.
    ...(age !== null && { modifiedFromMs: Math.floor((nowMs - AGE_MS[age]) / MINUTE_MS) * MINUTE_MS }),
    ...(isAvailable && { isAvailable }),
  };
  return Object.keys(filters).length > 0 ? filters : undefined;
}

export function requestOf(question: CatalogQuestion, nowMs: number): Omit<SearchRequest, 'limit' | 'cursor'> {
  const filters = filtersOf(question, nowMs);
  const { text, order, isDescending } = question;
  return {
    query: text.trim(),
    ...(filters && { filters }),
    ...(order !== 'relevance' && { order, isDescending }),
  };
}

/** Neither words nor filters: everything there is. */
export function asksForEverything(question: CatalogQuestion): boolean {
  return question.text.trim() === '' && filtersOf(question, 0) === undefined;
}

/** A press on a column: its natural direction first, then the other one, then the best match again. */
export function sortedBy(question: CatalogQuestion, order: Exclude<CatalogOrder, 'relevance'>): CatalogQuestion {
  // Names from A, but the largest and the newest first.
  const natural = order !== 'name';
  if (question.order !== order) return { ...question, order, isDescending: natural };
  if (question.isDescending === natural) return { ...question, isDescending: !natural };
  return { ...question, order: 'relevance', isDescending: false };
}

export function toggledKind(question: CatalogQuestion, kind: CatalogKind): CatalogQuestion {
  return { ...question, kinds: withOrWithout(question.kinds, kind) };
}

export function toggledOwner(question: CatalogQuestion, ownerId: string): CatalogQuestion {
  return { ...question, ownerIds: withOrWithout(question.ownerIds, ownerId) };
}

function withOrWithout<Value>(values: readonly Value[], value: Value): Value[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}
