// What matches a kept search and came since it was last looked at: counted up to a bound, newest first. Knows not who is
// told.
import type { NewMatches, Viewer } from '../catalog-index.ts';
import type { CandidateRows, Match, Sieve } from './candidate-rows.ts';
import type { MatchQuery } from './match-query.ts';
import { SEARCH_BOUNDS } from './search-bounds.ts';

/**
 * Equal contents count once, and what the viewer shares not at all: that is no news.
 *
 * @param query null when nothing can match
 */
export function countNewMatches(
  rows: CandidateRows,
  query: MatchQuery | null,
  sieve: Sieve,
  viewer: Viewer,
  { sinceEntry, newestEntry }: { sinceEntry: number; newestEntry: number },
): NewMatches {
  const found = new Set<string | number>();
  let first: number | undefined;
  if (query && newestEntry > sinceEntry) {
    const fromEntry = Math.max(sinceEntry + 1, query.oldestFrom(newestEntry));
    const where = { expression: query.expression(), fromEntry, toEntry: newestEntry };
    const take = ({ entryNo, shareNo, contentKey }: Match) => {
      if (sieve.shares.find(shareNo)?.userId === viewer.userId) return true;
      first ??= entryNo;
      found.add(contentKey ?? entryNo);
      return found.size < SEARCH_BOUNDS.newMatches;
    };
    rows.matching(where, { sieve, mostRows: SEARCH_BOUNDS.readRows, take });
  }
  return {
    count: found.size,
    firstName: first === undefined ? null : (rows.nameOf(first) ?? null),
    lastEntry: Math.max(sinceEntry, newestEntry),
  };
}
