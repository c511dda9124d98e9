// All matches of a search, or as many of the newest as are ranked, with equal contents as one, in order. Made anew for
// every page: it depends on nothing but the catalog and the cursor.
import type { CandidateRows, Match, Sieve } from './candidate-rows.ts';
import type { Criteria } from './criteria.ts';
import type { MatchQuery } from './match-query.ts';
import { rankOf } from './match-rank.ts';
import { nameStartToken, wholeNameToken } from './name-tokens.ts';
import type { OnlineSnapshot } from './online-snapshot.ts';
import { SEARCH_BOUNDS } from './search-bounds.ts';
import { compare, keyOf, type Placed, type SearchOrder } from './search-order.ts';

export interface Gathered {
  matches: Match[];
  /** Whether these are all. */
  isComplete: boolean;
}

export interface Window {
  newestEntry: number;
  oldestEntry: number;
}

/** The newest, and when these are not all, older ones whose names begin with what was typed or are just that. */
export function gather(rows: CandidateRows, query: MatchQuery, sieve: Sieve, window: Window): Gathered {
  const { rankedMatches, readRows, beginningMatches, exactMatches } = SEARCH_BOUNDS;
  const matches: Match[] = [];
  const { newestEntry: toEntry, oldestEntry: fromEntry } = window;
  const take = (match: Match) => {
    if (matches.length === rankedMatches) return false;
    matches.push(match);
    return true;
  };
  const where = { expression: query.expression(), fromEntry, toEntry };
  const { isExhausted, last } = rows.matching(where, { sieve, mostRows: readRows, take });
  if (isExhausted && fromEntry === 1) return { matches, isComplete: true };
  const { wholeText, words } = sieve.criteria;
  if (words.length > 0) {
    const older = isExhausted || !last ? fromEntry - 1 : last.entryNo;
    const add = (expression: string, oldest: number, most: number) => {
      let left = most;
      const takeOne = (match: Match) => {
        matches.push(match);
        return --left > 0;
      };
      const range = { expression, fromEntry: oldest, toEntry: older };
      rows.matching(range, { sieve, mostRows: 2 * most, take: takeOne });
    };
    add(query.expressionOf(wholeNameToken(wholeText)), 1, exactMatches);
    const first = words[0]!.pieces[0]!;
    const known = matches.filter(({ folded }) => folded.startsWith(first)).length;
    // Those that are newer are no worse.
    if (known < beginningMatches) {
      const oldest = query.oldestFrom(older, SEARCH_BOUNDS.beginningEntries);
      add(query.expressionWith(nameStartToken(first)), oldest, beginningMatches - known);
    }
  }
  return { matches, isComplete: false };
}

export type Result = Placed & Pick<Match, 'contentKey'>;

/** In order, each once; of equal contents the one that comes first. */
export function ranked(
  matches: readonly Match[],
  criteria: Criteria,
  order: SearchOrder,
  present: { online: OnlineSnapshot; newestEntry: number; nowMs: number },
): Result[] {
  const results = new Map<string | number, Result>();
  const isRanked = order.by === 'relevance' && criteria.words.length > 0;
  for (const match of matches) {
    const { entryNo, shareNo, contentKey } = match;
    const rank = isRanked ? rankOf(match, criteria, { ...present, isOnline: present.online.has(shareNo) }) : 0;
    const result = { key: keyOf(order, match, rank), entryNo, contentKey };
    const equal = results.get(contentKey ?? entryNo);
    if (!equal || compare(order, result, equal) < 0) results.set(contentKey ?? entryNo, result);
  }
  return [...results.values()].sort((a, b) => compare(order, a, b));
}
