import { randomUUID } from 'node:crypto';
import { LIMITS } from '@ferry/shared';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { refused } from '../../testing/refused.ts';
import { type TestBrowser, type TestServer, testServer } from '../../testing/test-server.ts';

let server: TestServer;
let ann: TestBrowser;
beforeEach(async () => {
  server = await testServer();
  ann = await server.user('ann');
}, 30_000);
afterEach(() => server.close());

const save = (query: string, savedSearchId: string = randomUUID(), browser = ann) =>
  browser.http.catalog.saved.save.mutate({ savedSearchId, query });

test('what is kept is listed, the oldest first, filters included', async () => {
  const filters = { kinds: ['pdf' as const], minBytes: 10, isAvailable: true };
  const first = await ann.http.catalog.saved.save.mutate({ savedSearchId: randomUUID(), query: 'report', filters });
  const second = await save('draft');
  expect(first).toEqual({
    savedSearchId: first.savedSearchId,
    query: 'report',
    filters,
    createdAt: expect.any(Number),
    newCount: 0,
  });
  expect(await ann.http.catalog.saved.list.query()).toEqual([first, second]);
});

test('saved again under its id, it is changed and keeps its place', async () => {
  const first = await save('report');
  await save('draft');
  await save('annual report', first.savedSearchId);
  const kept = await ann.http.catalog.saved.list.query();
  expect(kept.map(({ query }) => query)).toEqual(['annual report', 'draft']);
  expect(kept[0]!.createdAt).toBe(first.createdAt);
});

test('removed, it is gone; twice is no error', async () => {
  const { savedSearchId } = await save('report');
  await ann.http.catalog.saved.remove.mutate({ savedSearchId });
  await ann.http.catalog.saved.remove.mutate({ savedSearchId });
  expect(await ann.http.catalog.saved.list.query()).toEqual([]);
});

test('they are one’s own: another person can have the same id, and touches nobody else’s', async () => {
  const ben = await server.user('ben');
  const { savedSearchId } = await save('report');
  await ben.http.catalog.saved.opened.mutate({ savedSearchId });
  await ben.http.catalog.saved.remove.mutate({ savedSearchId });
  await save('other', savedSearchId, ben);
  expect(await ann.http.catalog.saved.list.query()).toMatchObject([{ query: 'report' }]);
  expect(await ben.http.catalog.saved.list.query()).toMatchObject([{ query: 'other' }]);
});

test('no more than there is room for, also when they are saved at once; changing one still works', async () => {
  const all = Array.from({ length: LIMITS.catalogSavedSearches + 10 }, (_, index) => save(`search ${index}`));
  const outcomes = await Promise.allSettled(all);
  const kept = await ann.http.catalog.saved.list.query();
  expect(kept).toHaveLength(LIMITS.catalogSavedSearches);
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(10);
  expect(await refused(save('one more'))).toMatchObject({ ferryCode: 'too-many' });
  await save('changed', kept[0]!.savedSearchId);
  expect((await ann.http.catalog.saved.list.query())[0]).toMatchObject({ query: 'changed' });
});
