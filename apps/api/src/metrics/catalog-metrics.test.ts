import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { file, found, publish, share } from '../testing/catalog-sharing.ts';
import { scrape } from '../testing/exposition.ts';
import { refused } from '../testing/refused.ts';
import { type TestBrowser, type TestServer, testServer } from '../testing/test-server.ts';

let server: TestServer;
let ann: TestBrowser;
beforeEach(async () => {
  server = await testServer();
  ann = await server.user('ann');
}, 30_000);
afterEach(() => server.close());

test('every series is there before anything happens, with 0', async () => {
  const { series } = await scrape(server.url);
  const labels = series
    .filter(({ name, value }) => /^ferry_catalog_\w+_total$/.test(name) && value === 0)
    .flatMap(({ labels }) => Object.values(labels));
  expect(new Set(labels)).toEqual(
    new Set([
      ...['answered', 'rate-limited', 'busy', 'refused', 'failed'],
      ...['accepted', 'too-many', 'revision-mismatch', 'owner', 'copy', 'holder'],
    ]),
  );
});

test('searches, by outcome, and how long those took that were answered', async () => {
  await Promise.allSettled(Array.from({ length: 100 }, () => found(ann, 'report')));
  const now = await scrape(server.url);
  const answered = now.value('ferry_catalog_searches_total', { outcome: 'answered' });
  expect(answered).toBeGreaterThanOrEqual(20);
  expect(now.value('ferry_catalog_searches_total', { outcome: 'rate-limited' })).toBe(100 - answered);
  expect(now.value('ferry_catalog_search_seconds_count')).toBe(answered);
});

test('what is listed, what was published, and by which outcome', async () => {
  const shareId = await share(ann, { files: [file('a'), file('b')] });
  await publish(ann, shareId, [file('c')], ['a']);
  const stale = { deviceId: ann.deviceId, shareId, baseRevision: 99, put: [], remove: [] };
  await refused(ann.http.catalog.publish.mutate(stale));
  await refused(ann.http.catalog.publish.mutate({ ...stale, shareId: randomUUID() }));
  const now = await scrape(server.url);
  expect(now.value('ferry_catalog_published_files_total')).toBe(4);
  for (const [outcome, count] of [
    ['accepted', 2],
    ['revision-mismatch', 1],
    ['refused', 1],
    ['failed', 0],
  ] as const) {
    expect(now.value('ferry_catalog_publishes_total', { outcome })).toBe(count);
  }
  await vi.waitFor(async () => {
    const later = await scrape(server.url);
    expect([later.value('ferry_catalog_files'), later.value('ferry_catalog_shares')]).toEqual([2, 1]);
  }, 20_000);
}, 30_000);

test('leave to fetch, by role; a refused one is none', async () => {
  const shareId = await share(ann, { files: [file('a', 'content')] });
  const ben = await server.user('ben');
  await share(ben, { files: [file('b', 'content')] });
  await ben.openInbox().started;
  const cleo = await server.user('cleo');
  const grant = (path: string) => cleo.http.catalog.grant.mutate({ deviceId: cleo.deviceId, shareId, path });
  await grant('a');
  await grant('');
  await refused(grant('never there'));
  const now = await scrape(server.url);
  const counted = ['owner', 'copy', 'holder'].map((role) => now.value('ferry_catalog_grants_total', { role }));
  expect(counted).toEqual([2, 2, 0]);
});
