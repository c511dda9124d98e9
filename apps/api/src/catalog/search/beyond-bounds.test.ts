import type { CatalogOrder, SearchResult } from '@ferry/shared';
import { expect, test } from 'vitest';
import { catalogOnDisk, file, someone, type TestCatalog, viewer } from '../../testing/catalog-on-disk.ts';
import { SEARCH_BOUNDS } from './search-bounds.ts';

const { rankedMatches } = SEARCH_BOUNDS;
const MANY = rankedMatches + 700;
const PAGE = 500;
const NOBODY = viewer();

/** Half of them are for their owner alone; of the others some are equal. */
async function large(): Promise<TestCatalog> {
  const catalog = catalogOnDisk();
  const [open, closed] = [someone(), someone()];
  const everybodys = await catalog.share(open, { kind: 'files' });
  const own = await catalog.share(closed, { kind: 'files', audience: { type: 'chosen', userIds: [closed.userId] } });
  await catalog.put(open, everybodys, file('item.txt'), file('item of old.txt'));
  for (let from = 0; from < MANY; from += PAGE) {
    const numbers = Array.from({ length: PAGE }, (_, at) => from + at);
    const shown = numbers.map((n) => file(`some item ${n}.txt`, n % 100, n % 7, n % 500 === 0 ? 9 : null));
    await catalog.put(open, everybodys, ...shown);
    await catalog.put(closed, own, ...numbers.map((n) => file(`some item ${n}.txt`)));
  }
  catalog.order();
  return catalog;
}

function allPages({ reader }: TestCatalog, query: string, order: CatalogOrder = 'relevance', isDescending = false) {
  const results: SearchResult[] = [];
  const first = reader.search(NOBODY, { query, limit: 100, order, isDescending }, []);
  for (let page = first; ; ) {
    results.push(...page.results);
    if (!page.next) return { results, total: first.total };
    page = reader.search(NOBODY, { query, limit: 100, order, isDescending, cursor: page.next }, []);
    expect(page.total).toEqual(first.total);
  }
}

const paths = (results: SearchResult[]) => results.map(({ shareId, path }) => `${shareId}/${path}`);

test('more than can be ranked is said to be more, and the ones that are ranked come once each', async () => {
  const catalog = await large();
  const { results, total } = allPages(catalog, 'item');
  expect(total).toEqual({ count: results.length, isExact: false });
  expect(results.length).toBeGreaterThan(rankedMatches - 5);
  expect(new Set(paths(results)).size).toBe(results.length);
  // The oldest of all, but the name that was typed; and one that begins with it.
  expect(results[0]!.name).toBe('item.txt');
  expect(results.map(({ name }) => name)).toContain('item of old.txt');
});

test('without words there is no bound: pages cover everything that may be seen, each once, in order', async () => {
  const catalog = await large();
  const visible = PAGE * Math.ceil(MANY / PAGE) + 2;
  const equal = Math.ceil(MANY / PAGE) - 1;
  for (const query of ['', 'type:txt', '-nothing']) {
    const { results } = allPages(catalog, query);
    expect(results).toHaveLength(visible - equal);
    expect(new Set(paths(results)).size).toBe(results.length);
  }
  for (const isDescending of [false, true]) {
    for (const order of ['name', 'size', 'modified'] as const) {
      const { results, total } = allPages(catalog, '', order, isDescending);
      expect(total.isExact).toBe(false);
      expect(new Set(paths(results)).size).toBe(visible - equal);
      expect(results).toHaveLength(visible - equal);
      if (order === 'name') continue;
      const keys = results.map(({ sizeBytes, modifiedMs }) => (order === 'size' ? sizeBytes : modifiedMs));
      expect(keys).toEqual(keys.toSorted((a, b) => (isDescending ? b - a : a - b)));
    }
  }
});

test('what is published meanwhile moves nothing from one page to another', async () => {
  const catalog = await large();
  const owner = someone();
  const shareId = await catalog.share(owner, { kind: 'files' });
  for (const query of ['item', '']) {
    const first = catalog.reader.search(NOBODY, { query, limit: 100 }, []);
    const expected = catalog.reader.search(NOBODY, { query, limit: 100, cursor: first.next }, []);
    await catalog.put(owner, shareId, file(`item ${query} new.txt`));
    const second = catalog.reader.search(NOBODY, { query, limit: 100, cursor: first.next }, []);
    expect(paths(second.results)).toEqual(paths(expected.results));
  }
});

test('who comes online meanwhile does not either', async () => {
  const catalog = await large();
  const owner = someone();
  await catalog.put(owner, await catalog.share(owner, { kind: 'files' }), file('their item.txt'));
  const who = someone();
  const first = catalog.reader.search(viewer(who, owner), { query: 'item', limit: 3 }, []);
  const rest = (online: boolean) =>
    catalog.reader.search(
      online ? viewer(who, owner) : viewer(who),
      { query: 'item', limit: 100, cursor: first.next },
      [],
    );
  expect(paths(rest(false).results)).toEqual(paths(rest(true).results));
});
