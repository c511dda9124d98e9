import { randomUUID } from 'node:crypto';
import type { Column } from '@ferry/shared';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { tellKeys } from '../../testing/device-keys.ts';
import { refused } from '../../testing/refused.ts';
import { columnContent, MIB, spread, TestHolder, TestUpload, testHolders } from '../../testing/store-devices.ts';
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

/** A version that is safe with so many holders, each of which has one column. */
async function stored(holders: readonly TestHolder[]): Promise<TestUpload> {
  const upload = new TestUpload(ann, MIB);
  await upload.begin();
  await Promise.all(holders.map((holder) => holder.asked()));
  await upload.confirmAll(1);
  await spread(upload, holders);
  return upload;
}

async function columnsAt(upload: TestUpload, holder: TestHolder): Promise<Column[]> {
  const { versionId } = upload;
  const { holders } = await ann.http.store.details.query({ versionId });
  const at = holders.find(({ deviceId }) => deviceId === holder.deviceId);
  return (at?.columns ?? []).map(({ index, firstGroup: group }) => ({ versionId, group, index }));
}

describe('a receipt', () => {
  test('is by the device’s own key, says so, and is not of tomorrow', async () => {
    const [one, two] = await testHolders(server, 2);
    await new TestUpload(ann, MIB).begin();
    const [duty] = await one!.asked();
    const right = await one!.receipt(duty!);
    const tomorrow = Math.floor(Date.now() / 1000) + 86_400;
    const wrong = [
      await two!.receipt(duty!),
      await one!.receipt(duty!, undefined, { iss: two!.deviceId }),
      await two!.receipt(duty!, undefined, { iss: one!.deviceId }),
      await one!.receipt(duty!, undefined, { iat: tomorrow }),
      right.replace(/\.[^.]+\./, '.e30.'),
      'not.a.receipt',
    ];
    for (const receipt of wrong) {
      expect(await refused(one!.say(receipt)), receipt).toMatchObject({ ferryCode: 'signature-invalid' });
      // One that is wrong spoils all that come with it: the device must know which are taken.
      expect(await refused(one!.say(right, receipt))).toMatchObject({ ferryCode: 'signature-invalid' });
    }
    expect(await one!.toKeep()).toHaveLength(1);
    await one!.say(right);
    expect(await one!.toKeep()).toHaveLength(0);
  });

  test('may be sent again, and of something that nobody asked for it leads to nothing but its release', async () => {
    const holders = await testHolders(server, 2);
    const upload = await stored(holders);
    const column = (await columnsAt(upload, holders[0]!))[0]!;
    const duty = { type: 'keep' as const, column, sizeBytes: MIB, contentId: null, from: [] };
    await holders[0]!.say(await holders[0]!.receipt(duty));
    expect(await columnsAt(upload, holders[0]!)).toEqual([column]);
    const other = { ...duty, column: { ...column, index: 60 } };
    const unknown = { ...duty, column: { ...column, versionId: randomUUID() } };
    await holders[0]!.say(await holders[0]!.receipt(other), await holders[0]!.receipt(unknown));
    expect(await holders[0]!.toRelease()).toEqual([other.column, unknown.column]);
    expect(await columnsAt(upload, holders[0]!)).toEqual([column]);
  });

  test('of the wrong size counts for nothing', async () => {
    const [one] = await testHolders(server, 1);
    await new TestUpload(ann, MIB).begin();
    const [duty] = await one!.asked();
    await one!.say(await one!.receipt(duty!, undefined, { size: 1 }));
    expect(await one!.toRelease()).toEqual([duty!.column]);
  });
});

describe('an inventory', () => {
  test('makes missing what is not in it, and lets count again what is', async () => {
    const holders = await testHolders(server, 2);
    const upload = await stored(holders);
    const [column] = await columnsAt(upload, holders[0]!);
    await holders[0]!.tell([]);
    expect(await columnsAt(upload, holders[0]!)).toEqual([]);
    expect(await upload.state()).toMatchObject({ ownerCount: 1, isSafe: false });
    await holders[0]!.tell([column!]);
    expect(await columnsAt(upload, holders[0]!)).toEqual([column]);
    expect(await upload.state()).toMatchObject({ ownerCount: 2, isSafe: true });
  });

  test('counts page by page as one, and what does not follow is told anew', async () => {
    const [holder] = await testHolders(server, 1);
    const column = (index: number): Column => ({ versionId: randomUUID(), group: 0, index });
    const columns = Array.from({ length: 5 }, (_, index) => column(index));
    await holder!.tell(columns, 2);
    expect(await holder!.toRelease()).toEqual(columns);
    const { deviceId } = holder!;
    const page = { deviceId, inventoryId: randomUUID(), page: 1, columns: [], isLast: true };
    const { inventory } = holder!.browser.http.store;
    expect(await refused(inventory.mutate(page))).toMatchObject({ ferryCode: 'revision-mismatch' });
    await inventory.mutate({ ...page, page: 0, isLast: false });
    expect(await refused(inventory.mutate({ ...page, inventoryId: randomUUID() }))).toMatchObject({
      ferryCode: 'revision-mismatch',
    });
    expect(await refused(inventory.mutate({ ...page, page: 2 }))).toMatchObject({ ferryCode: 'revision-mismatch' });
    await inventory.mutate(page);
  });

  test('of a device that had signed and lost it before it was confirmed asks for it again', async () => {
    const [holder] = await testHolders(server, 1);
    await new TestUpload(ann, MIB).begin();
    await holder!.asked();
    await holder!.keep();
    expect(await holder!.toKeep()).toEqual([]);
    await holder!.tell([]);
    expect(await holder!.toKeep()).toHaveLength(1);
  });
});

describe('what is released', () => {
  test('is told until the device says that it is gone, also when it was away', async () => {
    const holders = await testHolders(server, 2);
    const upload = await stored(holders);
    const { versionId } = upload;
    const [column] = await columnsAt(upload, holders[0]!);
    await holders[0]!.browser.disconnect();
    await ann.http.store.remove.mutate({ versionId });
    expect(await upload.state()).toMatchObject({ isGone: true });
    await holders[0]!.browser.openInbox().started;
    const { deviceId } = holders[0]!;
    await holders[0]!.tell([column!]);
    expect(await holders[0]!.toRelease()).toEqual([column]);
    await holders[0]!.browser.http.store.released.mutate({ deviceId, columns: [column!] });
    expect(await holders[0]!.toRelease()).toEqual([]);
    // The inventory says so, too.
    await holders[1]!.tell([]);
    expect(await holders[1]!.toRelease()).toEqual([]);
  });

  test('without having been asked for counts no more', async () => {
    const holders = await testHolders(server, 2);
    const upload = await stored(holders);
    const columns = await columnsAt(upload, holders[0]!);
    const { deviceId } = holders[0]!;
    await holders[0]!.browser.http.store.released.mutate({ deviceId, columns });
    expect(await upload.state()).toMatchObject({ isSafe: false, ownerCount: 1 });
  });
});

test('nobody speaks for another person’s device', async () => {
  const [holder] = await testHolders(server, 1);
  const { deviceId } = holder!;
  const { http } = await server.user('ben');
  const calls = [
    http.store.duties.query({ deviceId }),
    http.store.held.mutate({ deviceId, receipts: ['a.b.c'] }),
    http.store.released.mutate({ deviceId, columns: [] }),
    http.store.inventory.mutate({ deviceId, inventoryId: randomUUID(), page: 0, columns: [], isLast: true }),
    http.store.offer.mutate({ deviceId, offeredBytes: 0, usedBytes: 0, freeBytes: 0, isAlwaysOn: false }),
  ];
  for (const call of calls) expect(await refused(call)).toMatchObject({ ferryCode: 'device-taken' });
});

test('who never told keys, or what room there is, says nothing about columns', async () => {
  const ben = await server.user('ben');
  const { deviceId, http } = ben;
  const page = { deviceId, inventoryId: randomUUID(), page: 0, columns: [], isLast: true };
  const calls = () => [
    http.store.held.mutate({ deviceId, receipts: ['a.b.c'] }),
    http.store.released.mutate({ deviceId, columns: [] }),
    http.store.inventory.mutate(page),
  ];
  for (const call of calls()) expect(await refused(call)).toMatchObject({ ferryCode: 'forbidden' });
  await tellKeys(ben);
  for (const call of calls()) expect(await refused(call)).toMatchObject({ ferryCode: 'forbidden' });
  await http.store.offer.mutate({ deviceId, offeredBytes: 0, usedBytes: 0, freeBytes: 0, isAlwaysOn: false });
  await http.store.inventory.mutate(page);
});

test('whoever has told no keys is given nothing to keep', async () => {
  const ben = await server.user('ben');
  const { deviceId } = ben;
  const offer = { deviceId, offeredBytes: 1e9, usedBytes: 0, freeBytes: 1e9, isAlwaysOn: false };
  await ben.http.store.offer.mutate(offer);
  await ben.openInbox().started;
  const [holder] = await testHolders(server, 1);
  await new TestUpload(ann, MIB).begin();
  await holder!.asked();
  expect(await ben.http.store.duties.query({ deviceId })).toEqual([]);
  const late = await TestHolder.start(ben);
  expect(await late.asked()).toHaveLength(1);
});

test('what the uploader has said of a column is told with the duty to keep it', async () => {
  const holders = await testHolders(server, 2);
  const upload = await stored(holders);
  const [third] = await testHolders(server, 1, 'third');
  const [duty] = await third!.asked();
  const { versionId, group, index } = duty!.column;
  expect({ versionId, group }).toEqual({ versionId: upload.versionId, group: 0 });
  const known = await upload.known({ versionId, group, index: index });
  await upload.confirm(known);
  await vi.waitFor(async () => expect((await third!.toKeep())[0]!.contentId).toBe(columnContent(known)), SOON_MS);
});
