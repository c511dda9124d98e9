import type { StoreEvent } from '@ferry/shared';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { userIdOf } from '../../testing/catalog-sharing.ts';
import { tellKeys } from '../../testing/device-keys.ts';
import { MIB, TestUpload, testHolders } from '../../testing/store-devices.ts';
import { type TestBrowser, type TestServer, testServer } from '../../testing/test-server.ts';

const TOLD_MS = 20_000;

let server: TestServer;
let ann: TestBrowser;
let ben: TestBrowser;
beforeEach(async () => {
  server = await testServer();
  [ann, ben] = [await server.user('ann'), await server.user('ben')];
  await ann.openInbox().started;
}, 30_000);
afterEach(() => server.close());

/** Resolves once the server has it. */
async function watch(browser: TestBrowser, deviceId?: string) {
  const events: StoreEvent[] = [];
  const { promise: started, resolve: start } = Promise.withResolvers<void>();
  const { promise: failed, resolve: fail } = Promise.withResolvers<string | undefined>();
  const subscription = browser.live.store.watch.subscribe(deviceId ? { deviceId } : {}, {
    onStarted: () => start(),
    onData: (event) => events.push(event),
    onError: ({ data }) => fail(data?.ferryCode),
  });
  await Promise.race([started, failed]);
  const told = (wanted: StoreEvent['type']) => events.filter(({ type }) => type === wanted).length;
  return { told, failed, close: () => subscription.unsubscribe() };
}

const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, TOLD_MS);

test('a device is told that there is something to keep, its uploader that it goes on, and nobody else of duties', async () => {
  const [holder] = await testHolders(server, 1);
  const [told, uploading, other] = [
    await watch(holder!.browser, holder!.deviceId),
    await watch(ann, ann.deviceId),
    await watch(ben, ben.deviceId),
  ];
  const upload = new TestUpload(ann, MIB);
  await upload.begin();
  await eventually(() => expect(told.told('duties')).toBeGreaterThan(0));
  await eventually(() => expect(uploading.told('duties')).toBeGreaterThan(0));
  const before = uploading.told('duties');
  await holder!.asked();
  await holder!.keep();
  await eventually(() => expect(uploading.told('duties')).toBeGreaterThan(before));
  const released = told.told('duties');
  await ann.http.store.remove.mutate({ versionId: upload.versionId });
  await eventually(() => expect(told.told('duties')).toBeGreaterThan(released));
  expect(other.told('duties')).toBe(0);
  expect(other.told('changed')).toBeGreaterThan(0);
}, 60_000);

test('a lot at once is told once or twice', async () => {
  const watched = await watch(ben);
  for (let number = 0; number < 30; number++) await new TestUpload(ann, 0).begin();
  await eventually(() => expect(watched.told('changed')).toBeGreaterThan(0));
  expect(watched.told('changed')).toBeLessThan(5);
});

test('whoever offers room and comes or goes changes how safe things are, and everybody is told', async () => {
  const [holder] = await testHolders(server, 1);
  const watched = await watch(ben);
  await holder!.browser.disconnect();
  await eventually(() => expect(watched.told('changed')).toBe(1));
  await holder!.browser.openInbox().started;
  await eventually(() => expect(watched.told('changed')).toBe(2));
}, 60_000);

test('of a delivery, those two whom it is between are told', async () => {
  const cleo = await server.user('cleo');
  await tellKeys(cleo);
  const [sender, recipient, stranger] = [await watch(ann), await watch(cleo), await watch(ben)];
  const wrappedKeys = [{ deviceId: cleo.deviceId, wrapped: 'wrapped' }];
  const content = { type: 'delivery' as const, recipientId: await userIdOf(cleo), wrappedKeys, sealedPageCount: 1 };
  await new TestUpload(ann, MIB, { content }).begin();
  await eventually(() => expect([sender.told('changed'), recipient.told('changed')]).toEqual([1, 1]));
  // What is for everybody comes after that, and is the first that ben hears.
  expect(stranger.told('changed')).toBe(0);
  await new TestUpload(ann, 0).begin();
  await eventually(() => expect(stranger.told('changed')).toBe(1));
}, 60_000);

test('who waits for an uploader is told when it comes', async () => {
  const [holder] = await testHolders(server, 1);
  await new TestUpload(ann, MIB).begin();
  await holder!.asked();
  await ann.disconnect();
  await eventually(async () => expect((await holder!.toKeep())[0]!.from).toEqual([]));
  const watched = await watch(holder!.browser, holder!.deviceId);
  await ann.openInbox().started;
  await eventually(() => expect(watched.told('duties')).toBeGreaterThan(0));
}, 60_000);

test('nobody watches without signing in, for another person’s device, or from more places than anybody has', async () => {
  expect(await (await watch(server.browser())).failed).toBe('unauthenticated');
  expect(await (await watch(ben, ann.deviceId)).failed).toBe('device-taken');
  const many = await Promise.all(Array.from({ length: 61 }, () => watch(ben)));
  expect(await Promise.race(many.map(({ failed }) => failed))).toBe('too-many');
});
