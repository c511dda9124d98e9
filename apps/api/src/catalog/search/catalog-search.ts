// Searching the catalog: understands what was asked, gathers, ranks, and answers page by page. Synchronous, for the thread
// that reads; whoever calls sees to it that each answer is of one moment.
import type { SearchPage, SearchRequest } from '@ferry/shared';
import type { Database } from 'better-sqlite3';
import type { NewMatches, OwnerName, Viewer } from '../catalog-index.ts';
import { CatalogRefusal } from '../catalog-refusal.ts';
import type { Sources } from '../sources.ts';
import { CandidateRows, type Sieve } from './candidate-rows.ts';
import { type Criteria, criteriaOf } from './criteria.ts';
import { ListedResults } from './listed-results.ts';
import { MatchQueries, type MatchQuery } from './match-query.ts';
import { countNewMatches } from './new-matches.ts';
import { OnlineSnapshot } from './online-snapshot.ts';
import { gather, ranked } from './ranked-results.ts';
import { ResultRows } from './result-rows.ts';
import { askedFor, cursorText, readCursor, type SearchCursor } from './search-cursor.ts';
import { compare, orderOf, type Placed, type SearchOrder } from './search-order.ts';
import { ShareLookup } from './seen-shares.ts';

/** A page before its rows are read. */
interface Found {
  places: Placed[];
  cursor: SearchCursor | null;
  total: SearchPage['total'];
}

interface Run {
  viewer: Viewer;
  criteria: Criteria;
  order: SearchOrder;
  limit: number;
  sieve: Sieve;
  query: MatchQuery;
  cursor: SearchCursor | null;
}

export class CatalogSearch {
  readonly #shares: ShareLookup;
  readonly #rows: CandidateRows;
  readonly #queries: MatchQueries;
  readonly #listed: ListedResults;
  readonly #results: ResultRows;

  constructor(sqlite: Database, sources: Sources) {
    this.#shares = new ShareLookup(sqlite);
    this.#rows = new CandidateRows(sqlite);
    this.#queries = new MatchQueries(sqlite, this.#shares);
    this.#listed = new ListedResults(this.#rows);
    this.#results = new ResultRows(sqlite, sources);
  }

  /**
   * @throws `invalid` for a cursor that is not of this search
   * @example search.search(viewer, { query: 'report type:pdf', limit: 50 }, []).results[0]?.name
   */
  search(viewer: Viewer, request: SearchRequest, owners: readonly OwnerName[], nowMs = Date.now()): SearchPage {
    const asked = askedFor(viewer.userId, request);
    const cursor = request.cursor ? readCursor(asked, request.cursor) : null;
    if (request.cursor && !cursor) throw new CatalogRefusal('invalid');
    const criteria = criteriaOf(request, owners, cursor?.nowMs ?? nowMs);
    const { problems } = criteria;
    const newestEntry = cursor?.newestEntry ?? this.#queries.newestEntry();
    const query = this.#queries.of(viewer, criteria, newestEntry);
    if (!query) return { results: [], next: null, total: { count: 0, isExact: true }, problems };
    const start = cursor ?? startOf(nowMs, newestEntry, query.oldestFrom(newestEntry));
    const sieve = { criteria, shares: this.#shares.of(viewer) };
    const run = { viewer, criteria, order: orderOf(request), limit: request.limit, sieve, query, cursor };
    const found = start.mode === 'listed' ? this.#list(run, start) : this.#rank(run, start);
    const results = this.#results.show(
      viewer,
      found.places.map(({ entryNo }) => entryNo),
      criteria.words,
    );
    return { results, next: found.cursor && cursorText(asked, found.cursor), total: found.total, problems };
  }

  /**
   * @param sinceEntry null to begin now: nothing is new then
   */
  newMatches(
    viewer: Viewer,
    request: Pick<SearchRequest, 'query' | 'filters'>,
    sinceEntry: number | null,
    owners: readonly OwnerName[],
    nowMs = Date.now(),
  ): NewMatches {
    const newestEntry = this.#queries.newestEntry();
    const criteria = criteriaOf(request, owners, nowMs);
    const sieve = { criteria, shares: this.#shares.of(viewer) };
    const since = sinceEntry ?? newestEntry;
    const query = newestEntry > since ? this.#queries.of(viewer, criteria, newestEntry) : null;
    return countNewMatches(this.#rows, query, sieve, viewer, { sinceEntry: since, newestEntry });
  }

  #rank(run: Run, start: SearchCursor): Found {
    const { criteria, order, sieve, limit } = run;
    const { matches, isComplete } = gather(this.#rows, run.query, sieve, start);
    const shareNos = matches.map(({ shareNo }) => shareNo).filter((shareNo) => sieve.shares.find(shareNo)?.isOnline);
    const online = run.cursor ? OnlineSnapshot.fromText(start.online) : OnlineSnapshot.of(shareNos);
    const results = ranked(matches, criteria, order, { ...start, online });
    const total = { count: results.length, isExact: isComplete };
    // Without words there is no need for a bound.
    if (!run.cursor && !isComplete && criteria.words.length === 0) {
      return this.#list(run, { ...start, mode: 'listed', count: total.count });
    }
    const after = run.cursor && { key: start.lastKey, entryNo: start.lastEntry };
    const rest = after ? results.filter((result) => compare(order, result, after) > 0) : results;
    const places = rest.slice(0, limit);
    const cursor = rest.length > limit ? { ...start, online: online.toText() } : null;
    return { places, cursor: cursor && endingAt(cursor, places.at(-1)!), total };
  }

  #list({ query, sieve, order, limit, cursor }: Run, start: SearchCursor): Found {
    const after = cursor && { key: start.lastKey, entryNo: start.lastEntry };
    const range = { newestEntry: start.newestEntry, after, limit };
    const { results, next } = this.#listed.page(query, sieve, order, range);
    const total = { count: start.count, isExact: false };
    return { places: results, cursor: next && endingAt(start, next), total };
  }
}

function startOf(nowMs: number, newestEntry: number, oldestEntry: number): SearchCursor {
  const place = { lastKey: 0, lastEntry: 0, count: 0, online: '' };
  return { mode: 'ranked', nowMs, newestEntry, oldestEntry, ...place };
}

function endingAt(cursor: SearchCursor, { key, entryNo }: Placed): SearchCursor {
  return { ...cursor, lastKey: key, lastEntry: entryNo };
}
