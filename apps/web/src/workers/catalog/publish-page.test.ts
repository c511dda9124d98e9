import { LIMITS, publishSchema } from '@ferry/shared';
import { expect, test } from 'vitest';
import type { Entry } from './entry-change.ts';
import { joinedPages, type PublishPage, publishedFile, publishPages, type Told } from './publish-page.ts';
import { SHARE_ID } from './testing/catalog-ground.ts';

function put(path: string, about: Partial<Entry> = {}): Told {
  const entry = { path, sizeBytes: 1, modifiedMs: 1, contentId: null, ...about };
  return { put: publishedFile(entry), isNew: true };
}
const many = (count: number, path: (index: number) => string) => Array.from({ length: count }, (_, i) => put(path(i)));
const [page] = publishPages([put('a'), put('b'), { remove: 'c' }]);
const pathsOf = (pages: readonly PublishPage[]) => pages.flatMap((one) => one.put.map(([path]) => path));

test('a page has as many files as the server takes, and all are in one', () => {
  const told = many(1200, (index) => `${index}.txt`);
  const pages = publishPages(told);
  expect(pages.map((one) => one.put.length)).toEqual([LIMITS.catalogPageEntries, LIMITS.catalogPageEntries, 200]);
  expect(pages.map(({ newCount }) => newCount)).toEqual([500, 500, 200]);
  expect(pathsOf(pages)).toEqual(told.map((_, index) => `${index}.txt`));
  expect(publishPages([])).toEqual([]);
});

test('with long names a page is cut at 48 KiB of JSON, whatever the script', () => {
  const told = many(500, (index) => `${'文'.repeat(250)}/${index}.txt`);
  const pages = publishPages(told);
  expect(pages.length).toBeGreaterThan(3);
  for (const one of pages) expect(Buffer.byteLength(JSON.stringify(one.put))).toBeLessThanOrEqual(48 * 1024 + 2);
  expect(pathsOf(pages)).toHaveLength(500);
});

test('what is gone is removed, and is not new', () => {
  expect(page).toEqual({
    put: [
      ['a', 1, 1, null],
      ['b', 1, 1, null],
    ],
    remove: ['c'],
    newCount: 2,
  });
});

test('times that no server takes are brought into its bounds', () => {
  const [wild] = publishPages([
    put('a', { modifiedMs: -5 }),
    put('b', { modifiedMs: 1e18 }),
    put('c', { modifiedMs: 1.5 }),
  ]);
  const request = { deviceId: SHARE_ID, shareId: SHARE_ID, baseRevision: 0, put: wild!.put, remove: wild!.remove };
  expect(publishSchema.safeParse(request).success).toBe(true);
});

test('of several small pages the last word on a path counts', () => {
  const pages = [
    ...publishPages([put('a'), put('b'), { remove: 'c' }]),
    ...publishPages([put('c'), { remove: 'a' }]),
    ...publishPages([put('b', { sizeBytes: 7 })]),
  ];
  const { count, page: joined } = joinedPages(pages);
  expect(count).toBe(3);
  expect(joined.put).toEqual([
    ['b', 7, 1, null],
    ['c', 1, 1, null],
  ]);
  expect(joined.remove).toEqual(['a']);
  expect(joined.newCount).toBe(4);
});

test('pages are joined as long as the server takes them', () => {
  const pages = [100, 300, 200].flatMap((count, round) => publishPages(many(count, (index) => `${round}/${index}`)));
  const { count, page: joined } = joinedPages(pages);
  expect(count).toBe(2);
  expect(joined.put).toHaveLength(400);
  expect(joined.newCount).toBe(400);
});
