// What is looked for, once the query was understood: words and filters together, owners by their numbers. Knows no index
// and no viewer; says of a row whether it matches.
import {
  type CatalogFilters,
  type ParsedQuery,
  parseQuery,
  type QueryProblem,
  type SearchRequest,
} from '@ferry/shared';
import type { OwnerName } from '../catalog-index.ts';
import { fold } from './fold.ts';
import { findWord, type SearchWord, searchWord } from './search-word.ts';

export interface Criteria {
  words: SearchWord[];
  excluded: SearchWord[];
  /** In each, one kind or extension is enough. */
  types: { kinds: readonly string[]; extensions: readonly string[] }[];
  minBytes: number;
  maxBytes: number;
  modifiedFromMs: number;
  modifiedToMs: number;
  /** Null for anybody. */
  ownerIds: ReadonlySet<string> | null;
  isAvailable: boolean;
  /** All that was typed but filters and exclusions, for whoever typed a whole name. */
  wholeText: string;
  problems: QueryProblem[];
}

/** What of an entry it takes to tell whether it matches, but for who may see it and what is online. */
export interface MatchedRow {
  name: string;
  kind: string;
  extension: string;
  sizeBytes: number;
  modifiedMs: number;
}

export function criteriaOf(
  request: Pick<SearchRequest, 'query' | 'filters'>,
  owners: readonly OwnerName[],
  nowMs: number,
): Criteria {
  const query = parseQuery(request.query, nowMs);
  const problems = [...query.problems];
  const { words, excluded } = wordsOf(query, problems);
  const { filters: typed } = query;
  const chosen = request.filters ?? {};
  return {
    words,
    excluded,
    types: typesOf(typed.types, chosen),
    minBytes: Math.max(typed.minBytes ?? 0, chosen.minBytes ?? 0),
    maxBytes: Math.min(typed.maxBytes ?? Number.MAX_SAFE_INTEGER, chosen.maxBytes ?? Number.MAX_SAFE_INTEGER),
    modifiedFromMs: Math.max(typed.modifiedFromMs ?? 0, chosen.modifiedFromMs ?? 0),
    modifiedToMs: Math.min(
      typed.modifiedToMs ?? Number.MAX_SAFE_INTEGER,
      chosen.modifiedToMs ?? Number.MAX_SAFE_INTEGER,
    ),
    ownerIds: ownersOf(query, chosen, owners, problems),
    isAvailable: typed.isAvailable === true || chosen.isAvailable === true,
    wholeText: query.words
      .filter((word) => !word.isExcluded)
      .map((word) => fold(word.text))
      .join(' '),
    problems,
  };
}

/** The cheapest questions first. */
export function isMatch(criteria: Criteria, row: MatchedRow, folded: string): boolean {
  const { sizeBytes, modifiedMs, kind, extension } = row;
  if (kind === 'folder' && !areFoldersMeant(criteria)) return false;
  if (sizeBytes < criteria.minBytes || sizeBytes > criteria.maxBytes) return false;
  if (modifiedMs < criteria.modifiedFromMs || modifiedMs > criteria.modifiedToMs) return false;
  for (const { kinds, extensions } of criteria.types) {
    if (!kinds.includes(kind) && !extensions.includes(extension)) return false;
  }
  for (const word of criteria.words) if (!findWord(folded, word)) return false;
  for (const word of criteria.excluded) if (findWord(folded, word)) return false;
  return true;
}

/** Sizes and ages are asked for of files, unless it says folders too: otherwise every file would come with all above it. */
export function areFoldersMeant(criteria: Criteria): boolean {
  return (
    !(isSizeBounded(criteria) || isAgeBounded(criteria)) || criteria.types.some(({ kinds }) => kinds.includes('folder'))
  );
}

export function isSizeBounded({ minBytes, maxBytes }: Criteria): boolean {
  return minBytes > 0 || maxBytes < Number.MAX_SAFE_INTEGER;
}

export function isAgeBounded({ modifiedFromMs, modifiedToMs }: Criteria): boolean {
  return modifiedFromMs > 0 || modifiedToMs < Number.MAX_SAFE_INTEGER;
}

function wordsOf(query: ParsedQuery, problems: QueryProblem[]): Pick<Criteria, 'words' | 'excluded'> {
  const words = new Map<string, SearchWord>();
  const excluded = new Map<string, SearchWord>();
  for (const typed of query.words) {
    const word = searchWord(typed);
    if (word) (typed.isExcluded ? excluded : words).set(word.pieces.join(' '), word);
    else problems.push({ code: 'word-too-short', part: typed.text });
  }
  return { words: [...words.values()], excluded: [...excluded.values()] };
}

function typesOf(typed: ParsedQuery['filters']['types'], { kinds, extensions }: CatalogFilters): Criteria['types'] {
  const types: Criteria['types'] = [];
  if (typed) types.push(typed);
  if (kinds?.length) types.push({ kinds, extensions: [] });
  if (extensions?.length) types.push({ kinds: [], extensions });
  return types;
}

/** One whose name nobody has has no effect: whoever types is not done yet. */
function ownersOf(
  query: ParsedQuery,
  { ownerIds }: CatalogFilters,
  owners: readonly OwnerName[],
  problems: QueryProblem[],
): ReadonlySet<string> | null {
  const chosen = ownerIds?.length ? new Set<string>(ownerIds) : null;
  const typed = new Set<string>();
  for (const { usernameKey, part } of query.owners) {
    const exact = owners.filter((owner) => owner.usernameKey === usernameKey);
    const found = exact.length > 0 ? exact : owners.filter((owner) => owner.usernameKey.startsWith(usernameKey));
    if (found.length === 0) problems.push({ code: 'owner-unknown', part });
    for (const { userId } of found) typed.add(userId);
  }
  if (typed.size === 0) return chosen;
  return chosen ? new Set([...chosen].filter((userId) => typed.has(userId))) : typed;
}
