// The store with a server whose pages are as long as it likes.
import type { SearchPage, SearchRequest, SearchResult } from '@ferry/shared';
import { createPinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { EVERYTHING } from '../model/catalog/catalog-question.ts';
import { ServerRefusal } from '../services.ts';
import { useCatalogSearch } from './catalog-search.ts';

/** Lengths of the pages of every answer, one after the other. */
let pages: number[];
let asked: SearchRequest[];
let isRefusing: boolean;
beforeEach(() => {
  asked = [];
  isRefusing = false;
});

async function search(request: SearchRequest): Promise<SearchPage> {
  asked.push(request);
  if (isRefusing) throw new ServerRefusal('busy');
  const at = Number(request.cursor ?? 0);
  const before = pages.slice(0, at).reduce((sum, length) => sum + length, 0);
  const results = Array.from({ length: pages[at]! }, (_, n) => ({ path: `${request.query} ${before + n}` }));
  const next = at + 1 < pages.length ? `${at + 1}` : null;
  return { results: results as SearchResult[], next, total: { count: 1000, isExact: false }, problems: [] };
}

vi.mock('./session.ts', () => ({ useSession: () => ({ desk: () => ({ catalog: { search } }) }) }));
const store = () => useCatalogSearch(createPinia());
const paths = (count: number) => Array.from({ length: count }, (_, n) => ` ${n}`);
const found = ({ results }: { results: readonly SearchResult[] }) => results.map(({ path }) => path);

test('an answer that goes on is asked on, however short its pages are, until there is enough to see', async () => {
  pages = [3, 0, 0, 20, 1, 50, 100];
  const searching = store();
  await searching.ask(EVERYTHING);
  expect(found(searching)).toEqual(paths(74));
  expect(searching.hasMore).toBe(true);
  expect(asked.map(({ cursor }) => cursor)).toEqual([null, '1', '2', '3', '4', '5']);
});

test('a long page that is the last one is the last one', async () => {
  pages = [100];
  const searching = store();
  await searching.ask(EVERYTHING);
  await searching.reach(500);
  expect(searching.hasMore).toBe(false);
  expect(asked).toHaveLength(1);
});

test('what is wanted is there when it is waited for, also when somebody else wants less or asks anew meanwhile', async () => {
  pages = Array.from({ length: 20 }, () => 30);
  const searching = store();
  await searching.ask(EVERYTHING);
  const reached = [searching.reach(400), searching.reach(100)];
  await searching.refresh(10);
  await Promise.all(reached);
  expect(found(searching)).toEqual(paths(searching.results.length));
  expect(searching.results.length).toBeGreaterThanOrEqual(400);
});

test('what is wanted of a question is not asked of the next one', async () => {
  pages = Array.from({ length: 20 }, () => 30);
  const searching = store();
  await searching.ask(EVERYTHING);
  const reached = searching.reach(400);
  await searching.ask({ ...EVERYTHING, text: 'plan' });
  await reached;
  expect(found(searching)[0]).toBe('plan 0');
  expect(searching.results.length).toBeLessThan(100);
});

test('a change is shown down to the last row in sight, however short the pages are', async () => {
  pages = [50, 50, 50];
  const searching = store();
  await searching.ask(EVERYTHING);
  await searching.reach(150);
  pages = [10, 10, 10, 10, 100];
  await searching.refresh(35);
  expect(found(searching)).toEqual(paths(40));
});

test('whoever waits for more than the server tells hears of it', async () => {
  pages = [80, 80];
  const searching = store();
  await searching.ask(EVERYTHING);
  isRefusing = true;
  await searching.reach(160);
  expect(searching.refusal?.code).toBe('busy');
  expect(searching.results).toHaveLength(80);
  isRefusing = false;
  await searching.reach(160);
  expect(searching.refusal).toBeNull();
  expect(searching.results).toHaveLength(160);
});
