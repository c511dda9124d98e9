import type { BeginVersion } from '@ferry/shared';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliveriesFor } from '../db/queries/store-deliveries.ts';
import { putSealedPage } from '../db/queries/store-recipients.ts';
import { insertVersion, updateVersion } from '../db/queries/store-versions.ts';
import { StoreTables } from '../testing/store-tables.ts';
import { beginDelivery } from './begun-delivery.ts';
import { versionRow } from './begun-version.ts';
import { Quota } from './quota.ts';

const KIB = 1024;
const SENDER = 'owner of p0';

let store: StoreTables;
beforeEach(() => {
  store = new StoreTables();
  store.addPeers(3);
});
afterEach(() => store.close());

const FILE: BeginVersion['content'] = { type: 'file', name: 'a', mediaType: '', modifiedMs: 0, key: 'k'.repeat(43) };
const delivery = (to: string, sealedPageCount = 1): Extract<BeginVersion['content'], { type: 'delivery' }> => ({
  ...({ type: 'delivery', recipientId: `owner of ${to}` } as const),
  wrappedKeys: [{ deviceId: to, wrapped: 'w' }],
  sealedPageCount,
});

let made = 0;
function add(sizeBytes: number, content = FILE): string {
  const versionId = `v${made++}`;
  const begun = { versionId, deviceId: 'p0', sizeBytes, expiresAt: null, content };
  store.db.transaction((transaction) => {
    insertVersion(transaction, versionRow(begun, SENDER, made));
    if (content.type === 'delivery') beginDelivery(transaction, SENDER, versionId, content);
  });
  return versionId;
}

test('what is small counts as 64 KiB, and what is sealed of a delivery counts, too', () => {
  const quota = new Quota(store.db, 300 * KIB);
  const check = (sizeBytes: number, content = FILE) => quota.checkRoom(store.db, SENDER, { sizeBytes, content });
  for (const sizeBytes of [0, 1, 64 * KIB, 64 * KIB + 1]) add(sizeBytes);
  expect(quota.usage(SENDER).usedBytes).toBe(4 * 64 * KIB + 1);
  expect(() => check(0)).toThrow('quota-full');
  const roomy = new Quota(store.db, 10_000 * KIB);
  add(0, delivery('p1', 3));
  expect(roomy.usage(SENDER).usedBytes).toBe(5 * 64 * KIB + 1 + 3 * 32_769);
  const last = { sizeBytes: 0, content: delivery('p1', 64) };
  expect(() => new Quota(store.db, 2 ** 20).checkRoom(store.db, SENDER, last)).toThrow('quota-full');
});

test('one person has ten thousand versions at most', () => {
  const quota = new Quota(store.db, Number.MAX_SAFE_INTEGER);
  const check = () => quota.checkRoom(store.db, SENDER, { sizeBytes: 1, content: FILE });
  for (let count = 0; count < 9999; count++) add(1);
  check();
  add(1);
  expect(check).toThrow('too-many');
});

test('a hundred deliveries wait for one person from another one, and those of others are told still', () => {
  for (let count = 0; count < 100; count++) add(1, delivery('p1'));
  expect(() => add(1, delivery('p1'))).toThrow('too-many');
  add(1, delivery('p2'));
});

test('of what waits so much is told at once, the oldest first', () => {
  const versionIds = Array.from({ length: 5 }, () => add(1, delivery('p1')));
  for (const versionId of versionIds) {
    putSealedPage(store.db, { versionId, page: 0, bytes: Buffer.alloc(1) });
    updateVersion(store.db, versionId, { acceptedAt: 1 });
  }
  const told = deliveriesFor(store.db, { recipientId: 'owner of p1', deviceId: 'p1', limit: 3 });
  expect(told.map(({ version }) => version.versionId)).toEqual(versionIds.slice(0, 3));
});
