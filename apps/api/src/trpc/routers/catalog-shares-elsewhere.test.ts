import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { build } from '../../app.ts';
import { catalogFile } from '../../db/data-folder.ts';
import { readEnv } from '../../env.ts';
import { EVERYONE, file, found, onlyFor, share } from '../../testing/catalog-sharing.ts';
import { refused } from '../../testing/refused.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { PASSWORD, TestBrowser, type TestServer, testServer } from '../../testing/test-server.ts';

let server: TestServer;
/** Ann's browser here, and the one that she lost. */
let ann: TestBrowser;
let lost: TestBrowser;
let ben: TestBrowser;
beforeEach(async () => {
  server = await testServer();
  [ann, ben] = [await server.user('ann'), await server.user('ben')];
  lost = server.browser();
  lost.cookie = ann.cookie;
}, 30_000);
afterEach(() => server.close());

const elsewhere = ({ http, deviceId }: TestBrowser) => http.catalog.shares.elsewhere.query({ deviceId });
const end = (browser: TestBrowser, shareId: string) => browser.http.catalog.shares.end.mutate({ shareId });
const put = ({ http, deviceId }: TestBrowser, shareId: string) =>
  http.catalog.shares.put.mutate({ deviceId, shareId, title: 'Plans', kind: 'folder', audience: EVERYONE });

/** The whole answer, as it crosses the wire. */
async function answer(browser: TestBrowser, shareId: string): Promise<string> {
  const response = await fetch(`${server.url}/trpc/catalog.shares.end`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url, cookie: browser.cookie! },
    body: JSON.stringify({ shareId }),
  });
  return `${response.status} ${await response.text()}`;
}

describe('what is shared from another device', () => {
  test('is told with its device, when that was last here, and for whom it is', async () => {
    const audience = await onlyFor(ben);
    const shareId = await share(lost, { title: 'Plans', audience, files: [file('a', null, 7), file('b', null, 4)] });
    await share(ann, { title: 'Here' });
    await share(ben, { title: 'Not hers' });
    const inbox = lost.openInbox();
    await inbox.started;
    const startedAt = Date.now();
    const [told, ...others] = await elsewhere(ann);
    expect(others).toEqual([]);
    expect(told).toEqual({
      shareId,
      deviceId: lost.deviceId,
      deviceName: 'Test',
      isOnline: true,
      lastSeenAt: expect.any(Number),
      title: 'Plans',
      kind: 'folder',
      audience,
      fileCount: 2,
      totalBytes: 11,
    });
    inbox.close();
    await vi.waitFor(async () => expect((await elsewhere(ann))[0]).toMatchObject({ isOnline: false }), 10_000);
    const [away] = await elsewhere(ann);
    expect(away!.lastSeenAt).toBeGreaterThanOrEqual(told!.lastSeenAt);
    expect(away!.lastSeenAt).toBeGreaterThan(startedAt - 60_000);
    expect(await elsewhere(lost)).toMatchObject([{ title: 'Here', deviceId: ann.deviceId }]);
  });

  test('ends from here: nobody finds it, and its device may not list it again', async () => {
    const shareId = await share(lost, { files: [file('report')] });
    await end(ann, shareId);
    expect([await found(ben, 'report'), await elsewhere(ann)]).toEqual([[], []]);
    expect(await refused(put(lost, shareId))).toMatchObject({ ferryCode: 'share-ended', httpStatus: 409 });
    const page = { deviceId: lost.deviceId, shareId, baseRevision: 0, put: [file('report')], remove: [] };
    expect(await refused(lost.http.catalog.publish.mutate(page))).toMatchObject({ ferryCode: 'not-found' });
    expect(await found(ben, 'report')).toEqual([]);
  });

  test('is shared again under another id, and then it is listed', async () => {
    await end(ann, await share(lost, { files: [file('report')] }));
    await share(lost, { files: [file('report')] });
    expect(await found(ben, 'report')).toEqual(['report']);
  });

  test('ends once, however often it is asked for', async () => {
    const shareId = await share(lost);
    await Promise.all([end(ann, shareId), end(ann, shareId), end(lost, shareId)]);
    await end(ann, shareId);
    expect(await elsewhere(ann)).toEqual([]);
  });

  test('ends while it is being put, whichever comes first', async () => {
    for (let round = 0; round < 20; round++) {
      const shareId = await share(lost);
      const puts = () => put(lost, shareId).catch(() => {});
      await Promise.all([puts(), end(ann, shareId), puts(), puts()]);
      expect(await elsewhere(ann)).toEqual([]);
    }
  }, 30_000);

  test('ends all together, of that device alone', async () => {
    for (const title of ['One', 'Two', 'Three']) await share(lost, { title, files: [file(`report ${title}`)] });
    const kept = await share(ann, { files: [file('report here')] });
    await ann.http.catalog.shares.endAllOn.mutate({ deviceId: lost.deviceId });
    expect([await elsewhere(ann), await found(ben, 'report')]).toEqual([[], ['report here']]);
    expect(await elsewhere(lost)).toMatchObject([{ shareId: kept }]);
  });
});

test('a share of somebody else is what a share that never was is, to the last byte, and stays', async () => {
  for (const audience of [EVERYONE, await onlyFor(ben)]) {
    const shareId = await share(ann, { audience, files: [file('report')] });
    const never = await answer(ben, randomUUID());
    expect(never).toMatch(/^404 .*not-found/);
    expect(await answer(ben, shareId)).toBe(never);
    // Nor is anything remembered that would keep its owner from it.
    await put(ann, shareId);
    await ben.http.catalog.shares.endAllOn.mutate({ deviceId: ann.deviceId });
    expect(await found(ann, 'report')).toContain('report');
  }
  const ended = await share(lost);
  await end(ann, ended);
  expect(await answer(ben, ended)).toBe(await answer(ben, randomUUID()));
});

test('that something ended keeps nobody else from using its id', async () => {
  const shareId = await share(lost);
  await end(ann, shareId);
  expect(await put(ben, shareId)).toMatchObject({ shareId });
});

test('nobody looks at or ends anything without signing in, or in the name of a device of others', async () => {
  const shareId = await share(lost);
  const { shares } = server.browser().http.catalog;
  const calls = [
    () => shares.elsewhere.query({ deviceId: lost.deviceId }),
    () => shares.end.mutate({ shareId }),
    () => shares.endAllOn.mutate({ deviceId: lost.deviceId }),
  ];
  for (const call of calls) expect(await refused(call())).toMatchObject({ ferryCode: 'unauthenticated' });
  const asAnn = ben.http.catalog.shares.elsewhere.query({ deviceId: lost.deviceId });
  expect(await refused(asAnn)).toMatchObject({ ferryCode: 'device-taken' });
  expect(await elsewhere(ann)).toHaveLength(1);
});

test('the device that it is on is told at once, wherever it listens, and no other one', async () => {
  const tabs = [lost, lost, ann].map((browser) => listen(browser));
  await Promise.all(tabs.map(({ started }) => started));
  await end(ann, await share(lost));
  await vi.waitFor(() => expect(tabs.map(({ told }) => told)).toEqual([[ENDED], [ENDED], []]), 10_000);
  await share(lost);
  await ann.http.catalog.shares.endAllOn.mutate({ deviceId: lost.deviceId });
  await vi.waitFor(() => expect(tabs[0]!.told).toEqual([ENDED, ENDED]), 10_000);
});

test('nobody listens for a device of others', async () => {
  await share(ann);
  expect(await listen(ben, ann.deviceId).refused).toBe('device-taken');
  expect(await listen(server.browser(), ann.deviceId).refused).toBe('unauthenticated');
});

test('it outlives the server, and the catalog that is made anew', async () => {
  const DATA_DIR = temporaryFolder();
  const start = async () => {
    const app = await build(readEnv({ DATA_DIR, PORT: '0', STUN_PORT: '0', LOG_LEVEL: 'silent' }));
    return { app, url: await app.listen({ port: 0, host: '127.0.0.1' }) };
  };
  const first = await start();
  const before = new TestBrowser(first.url);
  await before.http.auth.register.mutate({ username: 'cleo', password: PASSWORD });
  const shareId = await share(before);
  await end(before, shareId);
  await first.app.close();
  rmSync(catalogFile(DATA_DIR));
  const second = await start();
  const after = new TestBrowser(second.url);
  after.cookie = before.cookie;
  expect(await refused(put(after, shareId))).toMatchObject({ ferryCode: 'share-ended' });
  await second.app.close();
}, 30_000);

const ENDED = { type: 'shares-ended' };

function listen(browser: TestBrowser, deviceId: string = browser.deviceId) {
  const told: unknown[] = [];
  const { promise: started, resolve: start } = Promise.withResolvers<void>();
  const { promise: refused, resolve: refuse } = Promise.withResolvers<string | undefined>();
  browser.live.catalog.shares.endings.subscribe(
    { deviceId },
    { onStarted: () => start(), onData: (event) => told.push(event), onError: ({ data }) => refuse(data?.ferryCode) },
  );
  return { told, started, refused };
}
