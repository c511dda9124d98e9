import { afterEach, beforeEach, expect, test } from 'vitest';
import { scrape } from '../../testing/exposition.ts';
import { refused } from '../../testing/refused.ts';
import { type TestBrowser, type TestServer, testServer } from '../../testing/test-server.ts';

let server: TestServer;
let ann: TestBrowser;
beforeEach(async () => {
  server = await testServer();
  ann = await server.user('ann');
});
afterEach(() => server.close());

const announced = async (route: string) =>
  (await scrape(server.url)).value('ferry_transfers_announced_total', { route });

test('what a browser reports of its connections is counted', async () => {
  await ann.http.reports.connection.mutate({ type: 'announced', route: 'relayed' });
  await ann.live.reports.connection.mutate({ type: 'announced', route: 'lan' });
  await ann.http.reports.connection.mutate({ type: 'no-path', reason: 'ice-failed' });
  expect([await announced('relayed'), await announced('lan'), await announced('direct')]).toEqual([1, 1, 0]);
  const now = await scrape(server.url);
  expect(now.value('ferry_no_path_total', { reason: 'ice-failed' })).toBe(1);
});

test('nobody reports without signing in', async () => {
  const call = server.browser().http.reports.connection.mutate({ type: 'announced', route: 'lan' });
  expect(await refused(call)).toMatchObject({ ferryCode: 'unauthenticated' });
  expect(await announced('lan')).toBe(0);
});

test.each([
  { type: 'announced', route: 'carrier-pigeon' },
  { type: 'no-path', reason: 'because' },
  { type: 'anything', route: 'lan' },
  { type: 'announced', route: '__proto__' },
])('%o is refused, and makes no series', async (report) => {
  const before = (await scrape(server.url)).series.filter(({ name }) => /announced|no_path/.test(name));
  expect(await refused(ann.http.reports.connection.mutate(report as never))).toMatchObject({ ferryCode: 'invalid' });
  const after = (await scrape(server.url)).series.filter(({ name }) => /announced|no_path/.test(name));
  expect(after).toEqual(before);
});

test('one person is counted fifty times in a burst, then a few a second, and is told nothing; others still count', async () => {
  const ben = await server.user('ben');
  const startedMs = performance.now();
  await Promise.all(
    Array.from({ length: 250 }, () => ann.http.reports.connection.mutate({ type: 'announced', route: 'direct' })),
  );
  const seconds = (performance.now() - startedMs) / 1000;
  const counted = await announced('direct');
  expect(counted).toBeGreaterThanOrEqual(50);
  expect(counted).toBeLessThanOrEqual(Math.min(50 + 3 * Math.ceil(seconds), 249));
  await ben.http.reports.connection.mutate({ type: 'announced', route: 'lan' });
  expect(await announced('lan')).toBe(1);
});
