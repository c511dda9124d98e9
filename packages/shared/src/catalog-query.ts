// What a query says: `"annual report" -draft type:pdf >10MB owner:name`. Used by the server to search and by the page to
// show what was understood. Pure; knows no catalog, so that it cannot say whether an owner exists.
import type { CatalogKind } from './catalog-filters.ts';
import { isCatalogKind } from './catalog-kind.ts';
import { parseAge, parseDay } from './catalog-query-age.ts';
import { type QueryPart, queryParts } from './catalog-query-parts.ts';
import { parseSize, type SizeBounds } from './catalog-query-size.ts';
import type { QueryProblem } from './catalog-search.ts';
import { LIMITS } from './limits.ts';
import { usernameKey } from './username-key.ts';

export interface QueryWord {
  text: string;
  /** Its words have to follow each other. */
  isPhrase: boolean;
  isExcluded: boolean;
}

/** All that are given must hold. */
export interface QueryFilters extends SizeBounds {
  /** One of these kinds or extensions is enough. */
  types?: { kinds: CatalogKind[]; extensions: string[] };
  modifiedFromMs?: number;
  modifiedToMs?: number;
  isAvailable?: true;
}

export interface ParsedQuery {
  words: QueryWord[];
  filters: QueryFilters;
  /** Keys of usernames, one of which is enough; with each, how it was typed. */
  owners: { usernameKey: string; part: string }[];
  problems: QueryProblem[];
}

const EXTENSION = /^[\p{L}\p{M}\p{N}_+#~-]{1,16}$/u;

/**
 * Never throws. A part that is not understood is a problem and has no effect; a key that is not known is a word.
 *
 * @param nowMs what `newer:` and `older:` count from
 * @example parseQuery('budget -draft type:pdf').words // budget, and draft, which is excluded
 */
export function parseQuery(text: string, nowMs: number): ParsedQuery {
  const query: ParsedQuery = { words: [], filters: {}, owners: [], problems: [] };
  for (const part of queryParts(text.slice(0, LIMITS.catalogQueryCharacters).toWellFormed())) {
    const read = part.key === null || part.isExcluded ? undefined : KEYS.get(part.key);
    if (!read) addWord(query, part);
    else {
      const code = read(query, part, nowMs);
      if (code) query.problems.push({ code, part: part.raw });
    }
  }
  return query;
}

function addWord({ words }: ParsedQuery, { raw, isExcluded, key, value, isQuoted }: QueryPart): void {
  const text = key === null ? value.trim() : raw.slice(isExcluded ? 1 : 0).replaceAll('"', '');
  if (text !== '') words.push({ text, isPhrase: isQuoted && /\s/.test(text), isExcluded });
}

type ReadKey = (query: ParsedQuery, part: QueryPart, nowMs: number) => QueryProblem['code'] | undefined;

const KEYS = new Map<string, ReadKey>([
  ['type', readType],
  ['size', readSize],
  ['owner', readOwner],
  ['after', ({ filters }, { value }) => notBefore(filters, parseDay(value))],
  ['before', ({ filters }, { value }) => notAfter(filters, minus(parseDay(value), 1))],
  ['newer', ({ filters }, { value }, nowMs) => notBefore(filters, before(nowMs, parseAge(value)))],
  ['older', ({ filters }, { value }, nowMs) => notAfter(filters, before(nowMs, parseAge(value)))],
  ['is', readState],
]);

function readType({ filters }: ParsedQuery, { value }: QueryPart): QueryProblem['code'] | undefined {
  const type = value.trim().replace(/^\./, '').toLowerCase();
  const types = filters.types ?? { kinds: [], extensions: [] };
  const kind = [type, type.replace(/s$/, '')].find(isCatalogKind);
  if (kind) types.kinds.push(kind);
  else if (EXTENSION.test(type)) types.extensions.push(type);
  else return 'type-unknown';
  filters.types = types;
  return undefined;
}

function readSize({ filters }: ParsedQuery, { value }: QueryPart): QueryProblem['code'] | undefined {
  const bounds = parseSize(value.trim());
  if (!bounds) return 'size-invalid';
  const { minBytes, maxBytes } = bounds;
  if (minBytes !== undefined) filters.minBytes = Math.max(filters.minBytes ?? 0, minBytes);
  if (maxBytes !== undefined) filters.maxBytes = Math.min(filters.maxBytes ?? maxBytes, maxBytes);
  return undefined;
}

function readOwner({ owners }: ParsedQuery, { raw, value }: QueryPart): QueryProblem['code'] | undefined {
  const key = usernameKey(value);
  if (key === '') return 'owner-unknown';
  owners.push({ usernameKey: key, part: raw });
  return undefined;
}

/** What else may be said to be is a word. */
function readState(query: ParsedQuery, part: QueryPart): undefined {
  if (part.value.toLowerCase() === 'online') query.filters.isAvailable = true;
  else addWord(query, part);
}

function notBefore(filters: QueryFilters, fromMs: number | null): QueryProblem['code'] | undefined {
  if (fromMs === null) return 'age-invalid';
  filters.modifiedFromMs = Math.max(filters.modifiedFromMs ?? fromMs, fromMs);
  return undefined;
}

function notAfter(filters: QueryFilters, toMs: number | null): QueryProblem['code'] | undefined {
  if (toMs === null) return 'age-invalid';
  filters.modifiedToMs = Math.min(filters.modifiedToMs ?? toMs, toMs);
  return undefined;
}

function before(nowMs: number, ageMs: number | null): number | null {
  return ageMs === null ? null : nowMs - ageMs;
}

function minus(value: number | null, less: number): number | null {
  return value === null ? null : value - less;
}
