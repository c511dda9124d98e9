// Everything that passes the filters of a search without words, in order, from a place on: without bound, page by page. A
// page may be short, or even empty, when much had to be passed over for it. Of equal contents the first is listed.
import type { CandidateRows, Match, Sieve, Taking } from './candidate-rows.ts';
import type { MatchQuery } from './match-query.ts';
import { SEARCH_BOUNDS } from './search-bounds.ts';
import { compare, keyOf, type Placed, type SearchOrder } from './search-order.ts';

export interface Listing {
  results: Placed[];
  /** Where to go on; null at the end. */
  next: Placed | null;
}

/** Before and after everything, in orders by text and by number. */
const FIRST = { name: { key: '', entryNo: 0 }, number: { key: -1, entryNo: 0 } };
const LAST = {
  name: { key: '\u{10ffff}'.repeat(4), entryNo: Number.MAX_SAFE_INTEGER },
  number: { key: Number.MAX_SAFE_INTEGER, entryNo: Number.MAX_SAFE_INTEGER },
};

export class ListedResults {
  readonly #rows: CandidateRows;

  constructor(rows: CandidateRows) {
    this.#rows = rows;
  }

  /** @param after null for the first page */
  page(
    query: MatchQuery,
    sieve: Sieve,
    order: SearchOrder,
    range: { newestEntry: number; after: Placed | null; limit: number },
  ): Listing {
    const results: Placed[] = [];
    const isFirst = this.#firstOfEquals(sieve, order, range.newestEntry);
    // One more than is shown tells whether there is more.
    const take = (match: Match) => {
      if (match.entryNo > range.newestEntry || !isFirst(match)) return true;
      results.push({ key: keyOf(order, match, 0), entryNo: match.entryNo });
      return results.length <= range.limit;
    };
    const taking = { sieve, mostRows: SEARCH_BOUNDS.readRows, take };
    const reached =
      order.by === 'relevance'
        ? this.#newest(query, range, taking)
        : this.#inOrder(order, order.by, range.after, taking);
    if (results.length <= range.limit) return { results, next: reached };
    return { results: results.slice(0, range.limit), next: results[range.limit - 1]! };
  }

  #newest(
    query: MatchQuery,
    { newestEntry, after }: { newestEntry: number; after: Placed | null },
    taking: Taking,
  ): Placed | null {
    const toEntry = after ? after.entryNo - 1 : newestEntry;
    const fromEntry = query.oldestFrom(toEntry);
    const where = { expression: query.expression(), fromEntry, toEntry };
    const { isExhausted, last } = this.#rows.matching(where, taking);
    if (isExhausted && fromEntry === 1) return null;
    return { key: 0, entryNo: isExhausted || !last ? fromEntry : last.entryNo };
  }

  #inOrder(
    order: SearchOrder,
    by: Exclude<SearchOrder['by'], 'relevance'>,
    after: Placed | null,
    taking: Taking,
  ): Placed | null {
    const { isDescending } = order;
    const start = after ?? (isDescending ? LAST : FIRST)[by === 'name' ? 'name' : 'number'];
    const { isExhausted, last } = this.#rows.inOrder({ by, isDescending }, start, taking);
    return isExhausted || !last ? null : { key: keyOf(order, last, 0), entryNo: last.entryNo };
  }

  /** Of content that is everywhere, among some of its copies, which are always the same. */
  #firstOfEquals(sieve: Sieve, order: SearchOrder, newestEntry: number): (match: Match) => boolean {
    const firsts = new Map<string, Placed | undefined>();
    return ({ contentKey, entryNo }) => {
      if (contentKey === null) return true;
      if (!firsts.has(contentKey)) firsts.set(contentKey, this.#first(contentKey, sieve, order, newestEntry));
      const first = firsts.get(contentKey);
      return first === undefined || first.entryNo === entryNo;
    };
  }

  #first(contentKey: string, sieve: Sieve, order: SearchOrder, newestEntry: number): Placed | undefined {
    let first: Placed | undefined;
    let left: number = SEARCH_BOUNDS.copies;
    const take = (match: Match) => {
      if (match.entryNo > newestEntry) return true;
      const placed = { key: keyOf(order, match, 0), entryNo: match.entryNo };
      if (!first || compare(order, placed, first) < 0) first = placed;
      return --left > 0;
    };
    const isOrdered = order.by !== 'relevance';
    this.#rows.withContent(contentKey, isOrdered, { sieve, mostRows: 10 * SEARCH_BOUNDS.copies, take });
    return first;
  }
}
