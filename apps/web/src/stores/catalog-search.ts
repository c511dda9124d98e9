// A search of the catalog and what it has found so far. What was found before stays in sight until the next answer is
// here, and an answer that was overtaken is never shown. Knows no addresses: its page tells it what is asked.
import { LIMITS, type QueryProblem, type SearchPage, type SearchResult } from '@ferry/shared';
import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { type CatalogQuestion, EVERYTHING, requestOf } from '../model/catalog/catalog-question.ts';
import { ServerRefusal } from '../services.ts';
import { useSession } from './session.ts';

/** More is loaded again as it is scrolled to. */
const MOST_PAGES_REFRESHED = 10;

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
  let asking = new AbortController();
  let moreAsked: Promise<void> | null = null;
  let next: string | null = null;
  let askedAtMs = 0;

  async function ask(wanted: CatalogQuestion): Promise<void> {
    const signal = begin();
    isAsking.value = true;
    const atMs = Date.now();
    await unlessOvertaken(signal, async () => {
      const page = await askPage(wanted, atMs, null, signal);
      askedAtMs = atMs;
      question.value = wanted;
      take(page, page.results);
    });
  }

  /** The next page, if there is one. */
  function more(): Promise<void> {
    if (next === null || isAsking.value) return Promise.resolve();
    moreAsked ??= loadMore().finally(() => {
      moreAsked = null;
    });
    return moreAsked;
  }
  async function loadMore(): Promise<void> {
    const { signal } = asking;
    await unlessOvertaken(signal, async () => {
      const page = await askPage(question.value, askedAtMs, next, signal);
      take(page, [...results.value, ...page.results]);
    });
  }

  /** Something changed: asks the same anew, down to the last row that is in sight, and then shows it all at once. */
  async function refresh(lastInView: number): Promise<void> {
    if (isAsking.value || total.value === null) return;
    const pages = Math.min(MOST_PAGES_REFRESHED, Math.ceil((lastInView + 1) / LIMITS.catalogPageResults) || 1);
    const signal = begin();
    const atMs = Date.now();
    await unlessOvertaken(signal, async () => {
      let page = await askPage(question.value, atMs, null, signal);
      const found = [...page.results];
      for (let count = 1; count < pages && page.next !== null; count++) {
        page = await askPage(question.value, atMs, page.next, signal);
        found.push(...page.results);
      }
      askedAtMs = atMs;
      take(page, found);
    });
  }

  function begin(): AbortSignal {
    asking.abort();
    asking = new AbortController();
    return asking.signal;
  }
  function askPage(wanted: CatalogQuestion, atMs: number, cursor: string | null, signal: AbortSignal) {
    const request = { ...requestOf(wanted, atMs), cursor, limit: LIMITS.catalogPageResults };
    return session.desk().catalog.search(request, signal);
  }
  function take(page: SearchPage, found: readonly SearchResult[]): void {
    results.value = found;
    total.value = page.total;
    problems.value = page.problems;
    next = page.next;
  }
  async function unlessOvertaken(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      refusal.value = null;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ServerRefusal)) throw error;
      refusal.value = error;
    } finally {
      if (!signal.aborted) isAsking.value = false;
    }
  }

  return { results, total, problems, question, isAsking, refusal, ask, more, refresh };
});
