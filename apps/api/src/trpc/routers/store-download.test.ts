import { capabilityClaimsSchema } from '@ferry/shared';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { userIdOf } from '../../testing/catalog-sharing.ts';
import { columnContent, MIB, spread, type TestHolder, TestUpload, testHolders } from '../../testing/store-devices.ts';
import { type TestBrowser, type TestServer, testServer } from '../../testing/test-server.ts';

const SOON_MS = 15_000;

let server: TestServer;
let ann: TestBrowser;
let ben: TestBrowser;
let holders: TestHolder[];
let upload: TestUpload;
beforeEach(async () => {
  server = await testServer();
  [ann, ben] = [await server.user('ann'), await server.user('ben')];
  await ann.openInbox().started;
  holders = await testHolders(server, 4);
  // Two groups of two columns each: k is 2.
  upload = new TestUpload(ann, 130 * MIB);
  await upload.begin();
  await Promise.all(holders.map((holder) => holder.asked()));
  await upload.confirmAll(2);
  await spread(upload, holders);
}, 60_000);
afterEach(() => server.close());

const open = () => ben.http.store.open.mutate({ deviceId: ben.deviceId, versionId: upload.versionId });

test('whoever downloads is told the key, and whom to ask for which columns', async () => {
  const opened = await open();
  const { content } = upload.begun;
  expect(opened).toMatchObject({
    versionId: upload.versionId,
    key: content.type === 'file' ? content.key : null,
    sizeBytes: 130 * MIB,
    groupCount: 2,
  });
  // Beyond every index that there may be.
  expect(opened.code).toEqual({ k: 2, n: 6 });
  expect(opened.grants.map(({ deviceId }) => deviceId).sort()).toEqual(holders.map(({ deviceId }) => deviceId).sort());
  for (const { columns, isOnline } of opened.grants) {
    expect(isOnline).toBe(true);
    expect(columns.every(({ index, firstGroup }) => index < 6 && firstGroup < 2)).toBe(true);
  }
});

test('leave to fetch is for this device, from that device, and for this version alone', async () => {
  const { grants, expiresAt } = await open();
  const claims = capabilityClaimsSchema.parse(decodeJwt(grants[0]!.capability));
  expect(claims).toEqual({
    iss: 'ferry',
    exp: expiresAt / 1000,
    sub: await userIdOf(ben),
    device: ben.deviceId,
    aud: grants[0]!.deviceId,
    store: { versionId: upload.versionId },
  });
  expect(expiresAt - Date.now()).toBeGreaterThan(280_000);
});

test('who is away is named all the same, and who lost everything is not', async () => {
  await holders[0]!.browser.disconnect();
  const { deviceId } = holders[0]!;
  await vi.waitFor(async () => {
    expect((await open()).grants.find((grant) => grant.deviceId === deviceId)).toMatchObject({ isOnline: false });
  }, SOON_MS);
  await holders[1]!.tell([]);
  expect((await open()).grants).toHaveLength(3);
});

test('groups come with their tags and the content ids of all columns, also of those that nobody keeps', async () => {
  const page = { deviceId: ben.deviceId, versionId: upload.versionId, firstGroup: 0 };
  const { groups } = await ben.http.store.groups.query(page);
  expect(groups.map(({ group }) => group)).toEqual([0, 1]);
  expect(Buffer.from(groups[0]!.tags, 'base64url')).toHaveLength(16 * 128);
  expect(Buffer.from(groups[1]!.tags, 'base64url')).toHaveLength(16 * 2);
  expect(groups[0]!.columns.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5]);
  const { versionId } = upload;
  expect(groups[1]!.columns[3]).toEqual({
    index: 3,
    contentId: columnContent({ versionId, group: 1, index: 3 }),
    sizeBytes: MIB,
  });
  expect((await ben.http.store.groups.query({ ...page, firstGroup: 1 })).groups).toHaveLength(1);
  expect((await ben.http.store.groups.query({ ...page, firstGroup: 2 })).groups).toEqual([]);
});
