import { randomUUID } from 'node:crypto';
import { LIMITS, type PublishedFile } from '@ferry/shared';
import type { TRPCClientError } from '@trpc/client';
import { afterEach, expect, test } from 'vitest';
import { EVERYONE, file, found, share } from '../../testing/catalog-sharing.ts';
import { refused } from '../../testing/refused.ts';
import { type TestServer, testServer } from '../../testing/test-server.ts';
import type { AppRouter } from '../router.ts';

let server: TestServer;
afterEach(() => server.close());

const PAGES = 1_000_000 / LIMITS.catalogPageEntries;

function pageOf(number: number): PublishedFile[] {
  return Array.from({ length: LIMITS.catalogPageEntries }, (_, index) => file(`${number}/flood ${index}`));
}

test('a million entries are slowed, then refused in words; somebody else’s search and signals are answered meanwhile', async () => {
  server = await testServer();
  const [mal, ann, ben] = [await server.user('mal'), await server.user('ann'), await server.user('ben')];
  await share(ann, { files: [file('report.pdf')] });
  await Promise.all([ann.openInbox().started, ben.openInbox().started]);

  let accepted = 0;
  const refusals = new Set<string>();
  const waits: number[] = [];
  let isOver = false;
  const flood = (async () => {
    const { deviceId, http } = mal;
    const shareId = await share(mal, { title: 'Flood' });
    const [made] = await http.catalog.shares.mine.query({ deviceId });
    let baseRevision = made!.revision;
    for (let number = 0; number < PAGES; number++) {
      const page = { deviceId, shareId, baseRevision, put: pageOf(number), remove: [] };
      try {
        baseRevision = (await http.catalog.publish.mutate(page)).revision;
        accepted += page.put.length;
      } catch (error) {
        const { ferryCode, retryAfterMs } = (error as TRPCClientError<AppRouter>).data!;
        refusals.add(ferryCode);
        if (retryAfterMs !== undefined) waits.push(retryAfterMs);
      }
    }
  })().finally(() => {
    isOver = true;
  });

  let answered = 0;
  while (!isOver) {
    expect(await found(ben, 'report')).toEqual(['report.pdf']);
    expect(await ben.live.signals.send.mutate({ from: ben.deviceId, to: ann.deviceId, payload: `${answered}` })).toBe(
      'delivered',
    );
    answered++;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await flood;
  expect(answered).toBeGreaterThan(3);
  expect(accepted).toBeGreaterThanOrEqual(100_000);
  expect(accepted).toBeLessThanOrEqual(LIMITS.catalogEntriesPerOwner);
  expect([...refusals].filter((code) => code !== 'rate-limited' && code !== 'too-many')).toEqual([]);
  expect(refusals).toContain('rate-limited');
  expect(Math.max(...waits)).toBeLessThanOrEqual(60_000);
  expect(Math.min(...waits)).toBeGreaterThan(0);
}, 600_000);

test('somebody who types is answered; somebody who asks without end is told when to come back, others are answered', async () => {
  server = await testServer();
  const [mal, ann] = [await server.user('mal'), await server.user('ann')];
  await share(ann, { files: [file('report.pdf')] });
  for (let letters = 1; letters <= 'report of the year'.length; letters++) {
    await found(ann, 'report of the year'.slice(0, letters));
  }
  const startedMs = performance.now();
  const outcomes = await Promise.allSettled(Array.from({ length: 600 }, () => found(mal, 'report')));
  const seconds = (performance.now() - startedMs) / 1000;
  const answered = outcomes.filter(({ status }) => status === 'fulfilled').length;
  expect(answered).toBeGreaterThanOrEqual(20);
  expect(answered).toBeLessThanOrEqual(Math.min(10 * Math.ceil(seconds + 1) + 20 * Math.ceil(seconds / 10 + 1), 599));
  const refusal = await refused(Promise.all(Array.from({ length: 50 }, () => found(mal, 'report'))));
  expect(refusal).toMatchObject({ ferryCode: 'rate-limited', httpStatus: 429, retryAfterMs: expect.any(Number) });
  const ben = await server.user('ben');
  expect(await found(ben, 'report')).toEqual(['report.pdf']);
}, 120_000);

test('more shares than anybody needs are refused', async () => {
  server = await testServer();
  const mal = await server.user('mal');
  const put = () =>
    mal.http.catalog.shares.put.mutate({
      deviceId: mal.deviceId,
      shareId: randomUUID(),
      title: 'x',
      kind: 'folder',
      audience: EVERYONE,
    });
  for (let count = 0; count < LIMITS.catalogSharesPerOwner; count++) await put();
  expect(await refused(put())).toMatchObject({ ferryCode: 'too-many' });
}, 120_000);
