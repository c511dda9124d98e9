import { randomUUID } from 'node:crypto';
import type { CatalogEvent } from '@ferry/shared';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { file, onlyFor, publish, share } from '../../testing/catalog-sharing.ts';
import { type TestBrowser, type TestServer, testServer } from '../../testing/test-server.ts';

/** New matches are looked for every ten seconds; a busy machine takes longer. */
const TOLD_MS = 40_000;

let server: TestServer;
let ann: TestBrowser;
let ben: TestBrowser;
beforeEach(async () => {
  server = await testServer();
  [ann, ben] = [await server.user('ann'), await server.user('ben')];
}, 30_000);
afterEach(() => server.close());

/** Resolves once the server has it. */
async function watch(browser: TestBrowser) {
  const events: CatalogEvent[] = [];
  const { promise: started, resolve: start } = Promise.withResolvers<void>();
  const { promise: failed, resolve: fail } = Promise.withResolvers<string | undefined>();
  const subscription = browser.live.catalog.watch.subscribe(undefined, {
    onStarted: () => start(),
    onData: (event) => events.push(event),
    onError: ({ data }) => fail(data?.ferryCode),
  });
  await Promise.race([started, failed]);
  const news = () => events.filter((event) => event.type === 'new-matches');
  const changes = () => events.filter(({ type }) => type === 'changed').length;
  return { news, changes, failed, close: () => subscription.unsubscribe() };
}

const keep = (browser: TestBrowser, query: string) =>
  browser.http.catalog.saved.save.mutate({ savedSearchId: randomUUID(), query });
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, TOLD_MS);

test('whoever watches is told that something changed; a lot at once is told once or twice', async () => {
  const watched = await watch(ben);
  const shareId = await share(ann);
  await eventually(() => expect(watched.changes()).toBeGreaterThan(0));
  const before = watched.changes();
  for (let page = 0; page < 20; page++) await publish(ann, shareId, [file(`file ${page}`)]);
  await eventually(() => expect(watched.changes()).toBeGreaterThan(before));
  expect(watched.changes()).toBeLessThan(before + 10);
}, 60_000);

test('whoever may not see what changed is told nothing, whatever happens to it', async () => {
  const cleo = await server.user('cleo');
  const [told, untold] = [await watch(ben), await watch(cleo)];
  const { deviceId, http } = ann;
  const audience = await onlyFor(ben);
  const happens = [
    () => share(ann, { audience }).then((id) => (shareId = id)),
    () => publish(ann, shareId, [file('plan', 'content')]),
    () => http.catalog.shares.put.mutate({ deviceId, shareId, title: 'Other', kind: 'folder', audience }),
    () => http.catalog.shares.remove.mutate({ deviceId, shareId }),
  ];
  let shareId = '';
  for (const [index, happen] of happens.entries()) {
    const before = told.changes();
    await happen();
    await eventually(() => expect(told.changes(), `after ${index}`).toBeGreaterThan(before));
  }
  // What is for everyone comes after all of that, and is the first that cleo hears.
  expect(untold.changes()).toBe(0);
  await share(ann);
  await eventually(() => expect(untold.changes()).toBe(1));
}, 60_000);

test('whoever loses sight of something is told, and so is whoever gets to see it', async () => {
  const cleo = await server.user('cleo');
  const shareId = await share(ann, { audience: await onlyFor(ben) });
  const watched = [await watch(ben), await watch(cleo)];
  const { deviceId, http } = ann;
  const audience = await onlyFor(cleo);
  await http.catalog.shares.put.mutate({ deviceId, shareId, title: 'Plans', kind: 'folder', audience });
  for (const { changes } of watched) await eventually(() => expect(changes()).toBeGreaterThan(0));
}, 60_000);

test('what is new is told in every tab, counted, added up, and forgotten once it is opened', async () => {
  const shareId = await share(ann, { files: [file('report of before.pdf')] });
  const { savedSearchId } = await keep(ben, 'report');
  const second = server.browser();
  second.cookie = ben.cookie;
  const tabs = [await watch(ben), await watch(second)];

  await publish(ann, shareId, [file('report of May.pdf'), file('notes.txt')]);
  const told = { type: 'new-matches', savedSearchId, query: 'report', firstName: 'report of May.pdf', newCount: 1 };
  await eventually(() => expect(tabs.map(({ news }) => news())).toEqual([[told], [told]]));
  expect(await ben.http.catalog.saved.list.query()).toMatchObject([{ newCount: 1 }]);

  await publish(ann, shareId, [file('report of June.pdf'), file('report of July.pdf')]);
  await eventually(() => expect(tabs[0]!.news().at(-1)).toMatchObject({ newCount: 3 }));
  await ben.http.catalog.saved.opened.mutate({ savedSearchId });
  expect(await ben.http.catalog.saved.list.query()).toMatchObject([{ newCount: 0 }]);

  await publish(ann, shareId, [file('report of August.pdf')]);
  await eventually(() =>
    expect(tabs[0]!.news().at(-1)).toMatchObject({ newCount: 1, firstName: 'report of August.pdf' }),
  );
}, 120_000);

test('what may not be seen is no news, and what came while nobody watched is told afterwards', async () => {
  await keep(ben, 'plan');
  await keep(ann, 'plan');
  await share(ann, { audience: await onlyFor(await server.user('cleo')), files: [file('plan A')] });
  const missed = await share(ann, { title: 'Other', files: [file('plan B')] });
  const watched = await watch(ben);
  await eventually(() => expect(watched.news()).toMatchObject([{ newCount: 1, firstName: 'plan B' }]));
  await publish(ann, missed, [file('plan C')]);
  await eventually(() => expect(watched.news()).toHaveLength(2));
  expect(watched.news()[1]).toMatchObject({ newCount: 2, firstName: 'plan C' });
}, 60_000);

test('a search that is gone makes no news', async () => {
  const gone = await keep(ben, 'report');
  await keep(ben, 'plan');
  const watched = await watch(ben);
  await ben.http.catalog.saved.remove.mutate({ savedSearchId: gone.savedSearchId });
  await share(ann, { files: [file('report'), file('plan')] });
  await eventually(() => expect(watched.news()).toMatchObject([{ query: 'plan' }]));
  expect(watched.news()).toHaveLength(1);
}, 60_000);

test('it ends with the session, and nothing is told any more', async () => {
  const watched = await watch(ben);
  await share(ann);
  await eventually(() => expect(watched.changes()).toBeGreaterThan(0));
  await ben.http.auth.signOut.mutate();
  expect(await watched.failed).toBe('unauthenticated');
  const told = watched.changes();
  await share(ann);
  const still = await watch(ann);
  await share(ann);
  await eventually(() => expect(still.changes()).toBeGreaterThan(0));
  expect(watched.changes()).toBe(told);
}, 60_000);

test('nobody watches without signing in, and nobody from more places than anybody has', async () => {
  expect(await (await watch(server.browser())).failed).toBe('unauthenticated');
  const many = await Promise.all(Array.from({ length: 61 }, () => watch(ben)));
  expect(await Promise.race(many.map(({ failed }) => failed))).toBe('too-many');
  for (const one of many) one.close();
  const watched = await vi.waitFor(async () => {
    const again = await watch(ben);
    await share(ann);
    await vi.waitFor(() => expect(again.changes()).toBeGreaterThan(0), 10_000);
    return again;
  }, TOLD_MS);
  watched.close();
}, 60_000);
