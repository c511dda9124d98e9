// A search of the catalog and what it has found so far. What was found before stays in sight until the next answer is
// here, and an answer that was overtaken is never shown. Knows no addresses: its page tells it what is asked.
import { LIMITS, type QueryProblem, type SearchPage, type SearchResult } from '@ferry/shared';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { type CatalogQuestion, EVERYTHING, requestOf } from '../model/catalog/catalog-question.ts';
import { unchangedEntries } from '../model/catalog/unchanged-entries.ts';
import { ServerRefusal } from '../services.ts';
import { useSession } from './session.ts';

/** More is loaded again as it is scrolled to. */
const MOST_PAGES_REFRESHED = 10;
/** What is in sight at first, and some. */
const WANTED_AT_FIRST = 60;

export const useCatalogSearch = defineStore('catalog-search', () => {
  const session = useSession();
  const results = shallowRef<readonly SearchResult[]>([]);
  /** Null until the first answer. */
  const total = shallowRef<SearchPage['total'] | null>(null);
  const problems = shallowRef<readonly QueryProblem[]>([]);
  /** What the results are an answer to. */
  const question = shallowRef<CatalogQuestion>(EVERYTHING);
  const isAsking = ref(false);
  const refusal = shallowRef<ServerRefusal | null>(null);
  /** Where the answer goes on; null when that was all. How long a page is says nothing about it. */
  const next = shallowRef<string | null>(null);
  const hasMore = computed(() => next.value !== null);
  let asking = new AbortController();
  /** Asks of the server under way; false when they were refused. */
  let working: Promise<boolean> | null = null;
  /** So many rows. */
  let wantedCount = WANTED_AT_FIRST;
  let askedAtMs = 0;

  async function ask(wanted: CatalogQuestion): Promise<void> {
    isAsking.value = true;
    wantedCount = WANTED_AT_FIRST;
    const atMs = Date.now();
    await overtaking(async (signal) => {
      const page = await askPage(wanted, atMs, null, signal);
      askedAtMs = atMs;
      question.value = wanted;
      take(page, page.results);
    });
  }

  /** Page after page is asked for until there are so many rows, or no more. */
  async function reach(count: number): Promise<void> {
    const asked = question.value;
    while (results.value.length < count && next.value !== null && question.value === asked) {
      wantedCount = Math.max(wantedCount, count);
      if (!(await (working ?? begun(loadMore)))) return;
    }
  }

  /** Something changed: asks the same anew, down to the last row that is in sight, and then shows it all at once. */
  async function refresh(lastInView: number): Promise<void> {
    if (isAsking.value || total.value === null) return;
    wantedCount = lastInView;
    const atMs = Date.now();
    await overtaking(async (signal) => {
      let page = await askPage(question.value, atMs, null, signal);
      const found = [...page.results];
      for (let pages = 1; pages < MOST_PAGES_REFRESHED && found.length <= lastInView && page.next !== null; pages++) {
        page = await askPage(question.value, atMs, page.next, signal);
        found.push(...page.results);
      }
      askedAtMs = atMs;
      take(page, unchangedEntries(results.value, found));
    });
  }

  async function loadMore(signal: AbortSignal): Promise<void> {
    while (next.value !== null && results.value.length < wantedCount) {
      const page = await askPage(question.value, askedAtMs, next.value, signal);
      take(page, [...results.value, ...page.results]);
    }
  }

  async function overtaking(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    asking.abort();
    asking = new AbortController();
    await begun(async (signal) => {
      await work(signal);
      isAsking.value = false;
      await loadMore(signal);
    });
  }
  function begun(work: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
    const mine = unlessOvertaken(asking.signal, work).finally(() => {
      if (working === mine) working = null;
    });
    working = mine;
    return mine;
  }
  async function askPage(wanted: CatalogQuestion, atMs: number, cursor: string | null, signal: AbortSignal) {
    const request = { ...requestOf(wanted, atMs), cursor, limit: LIMITS.catalogPageResults };
    const page = await session.desk().catalog.search(request, signal);
    signal.throwIfAborted();
    return page;
  }
  function take(page: SearchPage, found: readonly SearchResult[]): void {
    results.value = found;
    total.value = page.total;
    problems.value = page.problems;
    next.value = page.next;
  }
  async function unlessOvertaken(signal: AbortSignal, work: (signal: AbortSignal) => Promise<void>): Promise<boolean> {
    try {
      await work(signal);
      refusal.value = null;
    } catch (error) {
      if (signal.aborted) return true;
      isAsking.value = false;
      if (!(error instanceof ServerRefusal)) throw error;
      refusal.value = error;
      return false;
    }
    return true;
  }

  return { results, total, problems, question, hasMore, isAsking, refusal, ask, reach, refresh };
});
