import { capabilityClaimsSchema, type StoreGrant } from '@ferry/shared';
import { importJWK, jwtVerify } from 'jose';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { userIdOf } from '../../testing/catalog-sharing.ts';
import { refused } from '../../testing/refused.ts';
import {
  columnContent,
  GIB,
  MIB,
  spread,
  type TestHolder,
  TestUpload,
  testHolders,
} from '../../testing/store-devices.ts';
import { type TestBrowser, type TestServer, testServer } from '../../testing/test-server.ts';

const SOON_MS = 15_000;

let server: TestServer;
let ann: TestBrowser;
beforeEach(async () => {
  server = await testServer();
  ann = await server.user('ann');
  await ann.openInbox().started;
}, 30_000);
afterEach(() => server.close());

async function claimsOf({ capability }: StoreGrant) {
  const { jwk } = await ann.http.catalog.key.query();
  const verified = await jwtVerify(capability, await importJWK(jwk, 'ES256'), { algorithms: ['ES256'] });
  return capabilityClaimsSchema.parse(verified.payload);
}

async function begun(sizeBytes: number): Promise<TestUpload> {
  const upload = new TestUpload(ann, sizeBytes);
  await upload.begin();
  return upload;
}

test('with nobody there a version waits, and spreads as people come', async () => {
  const upload = await begun(10 * MIB);
  expect(await upload.state()).toMatchObject({ code: null, groupCount: 0, isSafe: false, missingOwners: 2, spread: 0 });
  const [first] = await testHolders(server, 1, 'first');
  await first!.asked();
  expect(await upload.code()).toEqual({ k: 1, n: 3 });
  await upload.confirmAll(1);
  await first!.keep();
  // What one person keeps is a copy, and not safe.
  expect(await upload.state()).toMatchObject({ isSafe: false, spread: 0.5, ownerCount: 1, missingOwners: 1 });
  const [second] = await testHolders(server, 1, 'second');
  await second!.asked();
  await second!.keep();
  expect(await upload.state()).toMatchObject({ isSafe: true, spread: 1, ownerCount: 2, missingOwners: 0 });
});

test('a holder is given leave to fetch its column from the uploader, and that alone', async () => {
  const holders = await testHolders(server, 6);
  const upload = await begun(10 * MIB);
  const [duty, ...more] = await holders[0]!.asked();
  expect(more).toEqual([]);
  const { group, index } = duty!.column;
  expect(duty).toMatchObject({ column: { versionId: upload.versionId, group: 0 }, contentId: null });
  expect(duty!.sizeBytes).toBe((await upload.known(duty!.column)).sizeBytes);
  expect(duty!.from).toMatchObject([{ userId: await userIdOf(ann), deviceId: ann.deviceId, isOnline: true }]);
  expect(await claimsOf(duty!.from[0]!)).toMatchObject({
    sub: await userIdOf(holders[0]!.browser),
    device: holders[0]!.deviceId,
    aud: ann.deviceId,
    store: { versionId: upload.versionId, columns: [{ index, firstGroup: group, groupCount: 1 }] },
  });
});

test('six people get six columns, and it is safe as soon as half of what is spare is kept', async () => {
  const holders = await testHolders(server, 6);
  const upload = await begun(150 * MIB);
  const duties = await Promise.all(holders.map((holder) => holder.asked()));
  expect(duties.map(([duty]) => duty!.column.index).sort()).toEqual([0, 1, 2, 3, 4, 5]);
  await upload.confirmAll(1);
  for (const holder of holders.slice(0, 4)) await holder.keep();
  expect(await upload.state()).toMatchObject({ isSafe: false, missingOwners: 1, spread: 0.8 });
  await holders[4]!.keep();
  expect(await upload.state()).toMatchObject({ isSafe: true, missingOwners: 0, spread: 1, taggedGroups: [0] });
});

test('a large file goes group by group, each person with the same index of all of them', async () => {
  const holders = await testHolders(server, 6);
  const upload = await begun(5 * 3 * 64 * MIB);
  await holders[0]!.asked();
  const groups = async (holder: TestHolder) => (await holder.toKeep()).map(({ column }) => column.group);
  expect(await groups(holders[0]!)).toEqual([0, 1]);
  await upload.confirmAll(5);
  await spread(upload, holders);
  const { holders: kept, cells } = await ann.http.store.details.query({ versionId: upload.versionId });
  expect(kept).toHaveLength(6);
  for (const { columns } of kept) expect(columns).toMatchObject([{ firstGroup: 0, groupCount: 5 }]);
  expect(cells).toHaveLength(5);
}, 60_000);

test('receipt and confirmation may come in either order; a place counts with both', async () => {
  const [one, two] = await testHolders(server, 2);
  const upload = await begun(MIB);
  await one!.asked();
  await one!.keep();
  expect(await upload.state()).toMatchObject({ ownerCount: 0 });
  // What is signed for and waits is not asked for again.
  expect(await one!.toKeep()).toEqual([]);
  await upload.confirmAll(1);
  expect(await upload.state()).toMatchObject({ ownerCount: 1 });
  await two!.keep();
  expect(await upload.state()).toMatchObject({ ownerCount: 2, isSafe: true });
});

test('what a holder has is deleted when the uploader says that it is something else', async () => {
  const [before, after] = await testHolders(server, 2);
  const upload = await begun(MIB);
  const [early] = await before!.asked();
  await before!.say(await before!.receipt(early!, columnContent({ ...early!.column, index: 63 })));
  await upload.confirmAll(1);
  const [late] = await after!.asked();
  await after!.say(await after!.receipt(late!, columnContent({ ...late!.column, index: 63 })));
  expect(await upload.state()).toMatchObject({ ownerCount: 0, isSafe: false });
  await after!.tell([late!.column]);
  await before!.tell([early!.column]);
  expect(await after!.toRelease()).toEqual([late!.column]);
  expect(await before!.toRelease()).toEqual([early!.column]);
  // It is not asked for the same again at once.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(await after!.toKeep()).toEqual([]);
});

test('said again, everything is as it was; something else is refused', async () => {
  await testHolders(server, 2);
  const upload = await begun(10 * MIB);
  await upload.confirmAll(1);
  expect(await upload.begin()).toEqual(await upload.state());
  await upload.confirmAll(1);
  const { versionId } = upload;
  const column = { versionId, group: 0, index: 0 };
  const other = await upload.known(column, columnContent({ ...column, index: 9 }));
  expect(await refused(upload.confirm(other))).toMatchObject({ ferryCode: 'invalid' });
  const tags = Buffer.alloc(160, 7).toString('base64url');
  expect(await refused(ann.http.store.tags.mutate({ versionId, group: 0, tags }))).toMatchObject({
    ferryCode: 'invalid',
  });
  const renamed = { ...upload.begun, sizeBytes: 11 * MIB };
  expect(await refused(ann.http.store.begin.mutate(renamed))).toMatchObject({ ferryCode: 'version-taken' });
});

test('columns are confirmed only as they can be: with tags, of the right size, by the device that has them', async () => {
  await testHolders(server, 2);
  const upload = await begun(10 * MIB);
  const { versionId } = upload;
  const column = await upload.known({ versionId, group: 0, index: 0 });
  expect(await refused(upload.confirm(column))).toMatchObject({ ferryCode: 'invalid' });
  await upload.tag(0);
  const refusals = [
    { ...column, sizeBytes: column.sizeBytes - 1 },
    { ...column, group: 1 },
  ].map((wrong) => refused(upload.confirm(wrong)));
  for (const refusal of await Promise.all(refusals)) expect(refusal).toMatchObject({ ferryCode: 'invalid' });
  const elsewhere = server.browser();
  elsewhere.cookie = ann.cookie;
  const { deviceId } = elsewhere;
  expect(await refused(elsewhere.http.store.confirm.mutate({ deviceId, columns: [column] }))).toMatchObject({
    ferryCode: 'forbidden',
  });
  await upload.confirm(column);
});

test('nobody else goes on with it, and to them it is gone', async () => {
  const [ben] = await testHolders(server, 1, 'ben');
  const upload = await begun(MIB);
  const { versionId } = upload;
  const { http, deviceId } = ben!.browser;
  expect(await http.store.upload.query({ versionId })).toMatchObject({ isGone: true, code: null });
  const stolen = { ...upload.begun, deviceId };
  expect(await refused(http.store.begin.mutate(stolen))).toMatchObject({ ferryCode: 'version-taken' });
  expect(await refused(http.store.tags.mutate({ versionId, group: 0, tags: '' }))).toMatchObject({
    ferryCode: 'not-found',
  });
});

test('who offers too little room is not asked', async () => {
  const holders = await testHolders(server, 3);
  await holders[0]!.offer(5 * MIB);
  const upload = await begun(6 * MIB);
  await holders[1]!.asked();
  await holders[2]!.asked();
  expect(await upload.code()).toEqual({ k: 1, n: 4 });
  expect(await holders[0]!.toKeep()).toEqual([]);
  await holders[0]!.offer(GIB);
  await vi.waitFor(async () => expect(await holders[0]!.toKeep()).toHaveLength(1), SOON_MS);
});

test('who signed for something else than the uploader says is told at once to delete it', async () => {
  const [holder] = await testHolders(server, 1);
  const upload = await begun(MIB);
  const [duty] = await holder!.asked();
  await holder!.say(await holder!.receipt(duty!, 'x'.repeat(43)));
  expect(await holder!.toRelease()).toEqual([]);
  await upload.tag(0);
  await upload.confirm(await upload.known(duty!.column));
  expect(await holder!.toRelease()).toEqual([duty!.column]);
});

test('an empty file is safe at once, with nobody', async () => {
  const upload = await begun(0);
  expect(await upload.state()).toMatchObject({ isSafe: true, spread: 1, missingOwners: 0, groupCount: 0 });
});

test('nobody stores more than their quota', async () => {
  const upload = new TestUpload(ann, 101e9);
  expect(await refused(upload.begin())).toMatchObject({ ferryCode: 'quota-full' });
});

test('while the uploader is away what was asked for is told still, with nobody to fetch it from', async () => {
  const [holder] = await testHolders(server, 1);
  await begun(MIB);
  await holder!.asked();
  await ann.disconnect();
  await vi.waitFor(async () => expect((await holder!.toKeep()).map(({ from }) => from)).toEqual([[]]), SOON_MS);
  await ann.openInbox().started;
  await vi.waitFor(async () => expect((await holder!.toKeep())[0]!.from).toHaveLength(1), SOON_MS);
});
