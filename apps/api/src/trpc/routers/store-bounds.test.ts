import { randomUUID } from 'node:crypto';
import { LIMITS } from '@ferry/shared';
import type { TRPCClientError } from '@trpc/client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { refused } from '../../testing/refused.ts';
import { MIB, TestHolder, TestUpload } from '../../testing/store-devices.ts';
import { type TestBrowser, type TestServer, testServer } from '../../testing/test-server.ts';
import type { AppRouter } from '../router.ts';

let server: TestServer;
let ann: TestBrowser;
beforeEach(async () => {
  server = await testServer();
  ann = await server.user('ann');
}, 30_000);
afterEach(() => server.close());

const versionId = randomUUID();

test('nobody does anything without signing in', async () => {
  const { http, deviceId } = server.browser();
  const calls = [
    http.store.begin.mutate(new TestUpload(ann, MIB).begun),
    http.store.upload.query({ versionId }),
    http.store.tags.mutate({ versionId, group: 0, tags: '' }),
    http.store.putSealed.mutate({ versionId, page: 0, bytes: '' }),
    http.store.list.query({ query: '' }),
    http.store.details.query({ versionId }),
    http.store.open.mutate({ deviceId, versionId }),
    http.store.groups.query({ deviceId, versionId, firstGroup: 0 }),
    http.store.remove.mutate({ versionId }),
    http.store.keepUntil.mutate({ versionId, expiresAt: null }),
    http.store.duties.query({ deviceId }),
    http.store.held.mutate({ deviceId, receipts: ['a.b.c'] }),
    http.store.offer.mutate({ deviceId, offeredBytes: 1, usedBytes: 0, freeBytes: 1, isAlwaysOn: false }),
  ];
  for (const call of calls) expect(await refused(call)).toMatchObject({ ferryCode: 'unauthenticated' });
});

describe('is refused before anything is done:', () => {
  const begin = (more: object) => new TestUpload(ann, MIB, more).begin();
  const content = { type: 'file', name: 'a', mediaType: '', modifiedMs: 1, key: 'k'.repeat(43) };
  const column = { versionId, group: 0, index: 0 };
  const { deviceId } = { deviceId: randomUUID() };
  const store = () => ann.http.store;
  test.each<[string, () => Promise<unknown>]>([
    ['a version without a name', () => begin({ content: { ...content, name: '' } })],
    ['a name that is too long', () => begin({ content: { ...content, name: 'n'.repeat(256) } })],
    ['a key that is none', () => begin({ content: { ...content, key: 'short' } })],
    ['a version of a negative size', () => begin({ sizeBytes: -1 })],
    ['a version that is too large', () => begin({ sizeBytes: LIMITS.storeFileBytes + 1 })],
    ['a version whose time is over', () => begin({ expiresAt: 1 })],
    ['an id that is none', () => begin({ versionId: 'mine' })],
    [
      'a delivery to nobody',
      () => begin({ content: { type: 'delivery', recipientId: randomUUID(), wrappedKeys: [], sealedPageCount: 1 } }),
    ],
    ['tags that are no base64url', () => store().tags.mutate({ versionId, group: 0, tags: '!' })],
    ['a group beyond all groups', () => store().tags.mutate({ versionId, group: LIMITS.storeGroups, tags: '' })],
    [
      'too many receipts',
      () => store().held.mutate({ deviceId, receipts: Array(LIMITS.storeColumnsAtOnce + 1).fill('a') }),
    ],
    [
      'a receipt that is too long',
      () => store().held.mutate({ deviceId, receipts: ['a'.repeat(LIMITS.storeReceiptCharacters + 1)] }),
    ],
    [
      'an index beyond all indexes',
      () => store().released.mutate({ deviceId, columns: [{ ...column, index: LIMITS.storeShards }] }),
    ],
    [
      'a column that is too large',
      () =>
        store().confirm.mutate({
          deviceId,
          columns: [{ ...column, contentId: 'c'.repeat(43), sizeBytes: LIMITS.storeColumnBytes + 1 }],
        }),
    ],
    [
      'more room than there is',
      () => store().offer.mutate({ deviceId, offeredBytes: 2 ** 51, usedBytes: 0, freeBytes: 0, isAlwaysOn: false }),
    ],
    ['a query that is too long', () => store().list.query({ query: 'q'.repeat(257) })],
  ])('%s', async (_, call) => {
    expect(await refused(call())).toMatchObject({ ferryCode: 'invalid' });
  });
});

test('an inventory page of 500 columns, and a confirmation of 64, fit a request', async () => {
  const { deviceId } = await TestHolder.start(ann);
  const { http } = ann;
  const column = (group: number) => ({ versionId, group, index: 63 });
  const columns = Array.from({ length: LIMITS.storeInventoryColumns }, (_, at) => column(3000 + at));
  await http.store.inventory.mutate({ deviceId, inventoryId: randomUUID(), page: 0, columns, isLast: true });
  const known = columns
    .slice(0, 64)
    .map((one) => ({ ...one, contentId: 'c'.repeat(43), sizeBytes: LIMITS.storeColumnBytes }));
  // Fits, and is nobody's.
  expect(await refused(http.store.confirm.mutate({ deviceId, columns: known }))).toMatchObject({
    ferryCode: 'not-found',
  });
  const receipts = Array(LIMITS.storeColumnsAtOnce).fill('a'.repeat(LIMITS.storeReceiptCharacters));
  expect(await refused(http.store.held.mutate({ deviceId, receipts }))).toMatchObject({
    ferryCode: 'signature-invalid',
  });
});

test('who asks for too much is told when to come back, and nobody else notices', async () => {
  const ben = await server.user('ben');
  const asked = Array.from({ length: 400 }, () =>
    ann.http.store.list.query({ query: '' }).then(
      () => undefined,
      (error) => error,
    ),
  );
  const errors = (await Promise.all(asked)).filter((error) => error !== undefined) as TRPCClientError<AppRouter>[];
  expect(errors.length).toBeGreaterThan(50);
  for (const { data } of errors)
    expect(data).toMatchObject({ ferryCode: 'rate-limited', retryAfterMs: expect.any(Number) });
  expect(await ben.http.store.list.query({ query: '' })).toMatchObject({ totalCount: 0 });
});
