import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { userIdOf } from '../../testing/catalog-sharing.ts';
import { tellKeys } from '../../testing/device-keys.ts';
import { refused } from '../../testing/refused.ts';
import { type TestHolder, testHolders } from '../../testing/store-devices.ts';
import { deliveryContent, storedVersion } from '../../testing/stored-version.ts';
import { type TestBrowser, type TestServer, testServer } from '../../testing/test-server.ts';

const PAGE = Buffer.from('sealed').toString('base64url');

let server: TestServer;
let ann: TestBrowser;
let ben: TestBrowser;
let holders: TestHolder[];
beforeEach(async () => {
  server = await testServer();
  [ann, ben] = [await server.user('ann'), await server.user('ben')];
  await tellKeys(ben);
  holders = await testHolders(server, 3);
}, 60_000);
afterEach(() => server.close());

async function deliver({ pages = [0], expiresAt = null }: { pages?: number[]; expiresAt?: number | null } = {}) {
  const content = deliveryContent(await userIdOf(ben), ben.deviceId);
  const versionId = await storedVersion(ann, holders, { content, expiresAt });
  for (const page of pages) await ann.http.store.putSealed.mutate({ versionId, page, bytes: PAGE });
  return versionId;
}

const waiting = (browser: TestBrowser) => browser.http.store.deliveries.query({ deviceId: browser.deviceId });
const sent = () => ann.http.store.sentDeliveries.query();
const end = (versionId: string, outcome: 'received' | 'declined', by = ben) =>
  by.http.store.delivered.mutate({ deviceId: by.deviceId, versionId, outcome });

test('it waits for its recipient, with the key for their device and the manifest that only they can open', async () => {
  const versionId = await deliver();
  await vi.waitFor(async () => expect(await waiting(ben)).toHaveLength(1));
  expect(await waiting(ben)).toMatchObject([
    {
      versionId,
      from: { userId: await userIdOf(ann), username: 'ann' },
      sizeBytes: 5_000_000,
      expiresAt: null,
      wrappedKey: 'wrapped',
      sealedPageCount: 1,
      health: { status: 'safe' },
    },
  ]);
  expect(await ben.http.store.sealed.query({ versionId, page: 0 })).toBe(PAGE);
  expect(await sent()).toMatchObject([{ versionId, to: { username: 'ben' }, state: 'waiting', endedAt: null }]);
  const second = server.browser();
  await second.signIn('ben');
  expect(await waiting(second)).toMatchObject([{ versionId, wrappedKey: null }]);
});

test('what is not whole yet is not told of', async () => {
  await deliver({ pages: [] });
  await vi.waitFor(async () => expect((await sent())[0]!.state).toBe('waiting'));
  expect(await waiting(ben)).toEqual([]);
});

test('to everybody else it is not there, its sender and its holders among them', async () => {
  const versionId = await deliver();
  for (const other of [ann, holders[0]!.browser]) {
    expect(await waiting(other)).toEqual([]);
    for (const call of [other.http.store.sealed.query({ versionId, page: 0 }), end(versionId, 'received', other)]) {
      expect(await refused(call)).toMatchObject({ ferryCode: 'not-found' });
    }
  }
  expect(await refused(ben.http.store.sealed.query({ versionId, page: 1 }))).toMatchObject({ ferryCode: 'not-found' });
  await vi.waitFor(async () => expect(await waiting(ben)).toHaveLength(1));
});

test.each(['received', 'declined'] as const)(
  'once it is %s everybody lets go of it, and its sender is told',
  async (outcome) => {
    const versionId = await deliver();
    await end(versionId, outcome);
    await end(versionId, outcome);
    expect(await waiting(ben)).toEqual([]);
    expect(await sent()).toMatchObject([{ versionId, state: outcome, endedAt: expect.any(Number) }]);
    expect(await refused(ben.http.store.sealed.query({ versionId, page: 0 }))).toMatchObject({
      ferryCode: 'not-found',
    });
    for (const holder of holders) {
      expect((await holder.toRelease()).map((column) => column.versionId)).toContain(versionId);
    }
    expect(await ann.http.store.usage.query()).toMatchObject({ usedBytes: 0 });
  },
);

test('what its sender deletes is gone for both', async () => {
  const versionId = await deliver();
  await ann.http.store.remove.mutate({ versionId });
  expect([await waiting(ben), await sent()]).toEqual([[], []]);
});

test('nobody asks in the name of somebody else’s device', async () => {
  const call = ann.http.store.deliveries.query({ deviceId: ben.deviceId });
  expect(await refused(call)).toMatchObject({ ferryCode: 'device-taken' });
});
