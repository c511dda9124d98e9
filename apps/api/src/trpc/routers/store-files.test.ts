import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { userIdOf } from '../../testing/catalog-sharing.ts';
import { tellKeys } from '../../testing/device-keys.ts';
import { refused } from '../../testing/refused.ts';
import { MIB, spread, type TestHolder, TestUpload, testHolders } from '../../testing/store-devices.ts';
import { type TestBrowser, type TestServer, testServer } from '../../testing/test-server.ts';

const SOON_MS = 15_000;

let server: TestServer;
let ann: TestBrowser;
let ben: TestBrowser;
beforeEach(async () => {
  server = await testServer();
  [ann, ben] = [await server.user('ann'), await server.user('ben')];
  await ann.openInbox().started;
}, 30_000);
afterEach(() => server.close());

async function begun(name: string, sizeBytes = 0): Promise<TestUpload> {
  const upload = new TestUpload(ann, sizeBytes);
  const content = { type: 'file' as const, name, mediaType: 'text/plain', modifiedMs: 5, key: 'k'.repeat(43) };
  Object.assign(upload.begun, { content });
  await upload.begin();
  return upload;
}

async function stored(holders: readonly TestHolder[], name = 'plan.pdf'): Promise<TestUpload> {
  const upload = await begun(name, MIB);
  await Promise.all(holders.map((holder) => holder.asked()));
  await upload.confirmAll(1);
  await spread(upload, holders);
  return upload;
}

const list = (query = '', cursor?: string) => ben.http.store.list.query(cursor ? { query, cursor } : { query });
const names = async (query = '') => (await list(query)).files.map(({ name }) => name);

describe('the list', () => {
  test('has what everybody stored, the newest first, with its owner and how safe it is', async () => {
    const holders = await testHolders(server, 2);
    const upload = await stored(holders);
    await begun('empty.txt');
    const { files, totalCount, cursor } = await list();
    expect(files.map(({ name }) => name)).toEqual(['empty.txt', 'plan.pdf']);
    expect({ totalCount, cursor }).toEqual({ totalCount: 2, cursor: null });
    expect(files[1]).toMatchObject({
      versionId: upload.versionId,
      mediaType: 'text/plain',
      sizeBytes: MIB,
      modifiedMs: 5,
      owner: { userId: await userIdOf(ann), username: 'ann' },
      code: { k: 1, n: 2 },
      versionCount: 1,
      health: { status: 'safe', online: 2, kept: 2, needed: 1, ownerCount: 2, onlineOwnerCount: 2, spareOwners: 1 },
    });
  });

  test('is found by a part of a name, whatever its case and accents', async () => {
    for (const name of ['Café menu.pdf', 'menu_2.txt', 'budget 100%.xls']) await begun(name);
    expect(await names('CAFE')).toEqual(['Café menu.pdf']);
    expect(await names('menu')).toEqual(['menu_2.txt', 'Café menu.pdf']);
    expect(await names('%')).toEqual(['budget 100%.xls']);
    expect(await names('nothing')).toEqual([]);
  });

  test('comes in pages, none of it twice, also when something is stored meanwhile', async () => {
    for (let number = 0; number < 60; number++) await begun(`file ${number}`);
    const first = await list();
    expect(first.files).toHaveLength(50);
    expect(first.totalCount).toBe(60);
    await begun('new');
    const second = await list('', first.cursor!);
    expect(second.files).toHaveLength(10);
    expect(second.cursor).toBeNull();
    const all = [...first.files, ...second.files].map(({ name }) => name);
    expect(new Set(all).size).toBe(60);
    expect(all).not.toContain('new');
    expect(await refused(list('', 'nonsense'))).toMatchObject({ ferryCode: 'invalid' });
  });

  test('shows what is safe until what comes after it is, too', async () => {
    const old = await begun('plan.pdf', 0);
    const young = await begun('plan.pdf', MIB);
    const listed = async () => (await list()).files.map(({ versionId }) => versionId);
    expect(await listed()).toEqual([old.versionId]);
    const holders = await testHolders(server, 2);
    await Promise.all(holders.map((holder) => holder.asked()));
    await young.confirmAll(1);
    await spread(young, holders);
    await vi.waitFor(async () => expect(await listed()).toEqual([young.versionId]), SOON_MS);
    const youngest = await begun('plan.pdf', MIB);
    expect(await listed()).toEqual([young.versionId]);
    await ann.http.store.remove.mutate({ versionId: young.versionId });
    expect(await listed()).toEqual([old.versionId]);
    await ann.http.store.remove.mutate({ versionId: old.versionId });
    expect(await listed()).toEqual([youngest.versionId]);
  });

  test('shows the newest of a name, and the one before it when that goes', async () => {
    const [old, young] = [await begun('plan.pdf'), await begun('plan.pdf')];
    const [shown, ...more] = (await list()).files;
    expect(more).toEqual([]);
    expect(shown).toMatchObject({ versionId: young.versionId, versionCount: 2 });
    const { versions } = await ben.http.store.details.query({ versionId: young.versionId });
    expect(versions.map(({ versionId }) => versionId)).toEqual([young.versionId, old.versionId]);
    await ann.http.store.remove.mutate({ versionId: young.versionId });
    expect((await list()).files).toMatchObject([{ versionId: old.versionId, versionCount: 1 }]);
  });
});

describe('how safe something is', () => {
  test('follows who is online: spreading, safe, unfetchable, at risk', async () => {
    const holders = await testHolders(server, 2);
    const upload = await begun('plan.pdf', MIB);
    const status = async () => (await list()).files[0]!.health.status;
    expect(await status()).toBe('spreading');
    await Promise.all(holders.map((holder) => holder.asked()));
    await upload.confirmAll(1);
    await spread(upload, holders);
    expect(await status()).toBe('safe');
    await holders[0]!.browser.disconnect();
    await holders[1]!.browser.disconnect();
    await vi.waitFor(async () => expect(await status()).toBe('unfetchable'), SOON_MS);
    await holders[0]!.browser.openInbox().started;
    expect(await status()).toBe('safe');
    await holders[1]!.tell([]);
    expect(await status()).toBe('spreading');
    await ann.disconnect();
    await vi.waitFor(async () => expect(await status()).toBe('at-risk'), SOON_MS);
  });
});

describe('details', () => {
  test('say who keeps what, on which device, and how each group is', async () => {
    const holders = await testHolders(server, 2);
    const upload = await stored(holders);
    const details = await ben.http.store.details.query({ versionId: upload.versionId });
    expect(details).toMatchObject({ groupCount: 1, stripeCount: 1, name: 'plan.pdf' });
    expect(details.cells).toEqual([{ firstGroup: 0, groupCount: 1, online: 2, kept: 2 }]);
    expect(details.holders.map(({ username }) => username)).toEqual(['holder-0', 'holder-1']);
    expect(details.holders[0]).toMatchObject({
      deviceId: holders[0]!.deviceId,
      deviceName: 'Test',
      isOnline: true,
      isAlwaysOn: false,
      keptBytes: MIB,
      columns: [{ firstGroup: 0, groupCount: 1 }],
    });
  });
});

describe('only its owner', () => {
  test('deletes a version, after which it is nowhere', async () => {
    const holders = await testHolders(server, 2);
    const { versionId } = await stored(holders);
    expect(await refused(ben.http.store.remove.mutate({ versionId }))).toMatchObject({ ferryCode: 'not-found' });
    await ann.http.store.remove.mutate({ versionId });
    expect(await names()).toEqual([]);
    const { deviceId } = ben;
    const calls = [
      ben.http.store.details.query({ versionId }),
      ben.http.store.open.mutate({ deviceId, versionId }),
      ben.http.store.groups.query({ deviceId, versionId, firstGroup: 0 }),
      ann.http.store.remove.mutate({ versionId }),
      ann.http.store.keepUntil.mutate({ versionId, expiresAt: null }),
    ];
    for (const call of calls) expect(await refused(call)).toMatchObject({ ferryCode: 'not-found' });
  });

  test('says how long it is kept', async () => {
    const { versionId } = await begun('plan.pdf');
    const expiresAt = Date.now() + 86_400_000;
    const keepUntil = (browser: TestBrowser, time: number | null) =>
      browser.http.store.keepUntil.mutate({ versionId, expiresAt: time });
    expect(await refused(keepUntil(ben, expiresAt))).toMatchObject({ ferryCode: 'not-found' });
    expect(await refused(keepUntil(ann, Date.now() - 1))).toMatchObject({ ferryCode: 'invalid' });
    await keepUntil(ann, expiresAt);
    expect((await list()).files).toMatchObject([{ expiresAt }]);
    await keepUntil(ann, null);
    expect((await list()).files).toMatchObject([{ expiresAt: null }]);
  });

  test('begins it: one that is gone does not come back', async () => {
    const upload = await begun('plan.pdf');
    await ann.http.store.remove.mutate({ versionId: upload.versionId });
    expect(await refused(upload.begin())).toMatchObject({ ferryCode: 'version-gone' });
    expect(await names()).toEqual([]);
  });
});

describe('a delivery', () => {
  let cleo: TestBrowser;
  beforeEach(async () => {
    cleo = await server.user('cleo');
    await tellKeys(cleo);
  });

  async function delivery(more: object = {}, sizeBytes = 0): Promise<TestUpload> {
    const recipientId = await userIdOf(cleo);
    const wrappedKeys = [{ deviceId: cleo.deviceId, wrapped: 'wrapped' }];
    const content = { type: 'delivery' as const, recipientId, wrappedKeys, sealedPageCount: 2, ...more };
    return new TestUpload(ann, sizeBytes, { content });
  }

  test('is in no list, and there for nobody but those whom it is between', async () => {
    const upload = await delivery();
    await upload.begin();
    const { versionId } = upload;
    expect(await names()).toEqual([]);
    const open = ({ http, deviceId }: TestBrowser) => http.store.open.mutate({ deviceId, versionId });
    expect(await open(ann)).toMatchObject({ key: null });
    expect(await open(cleo)).toMatchObject({ key: null });
    expect(await refused(open(ben))).toEqual(
      await refused(ben.http.store.open.mutate({ deviceId: ben.deviceId, versionId: randomUUID() })),
    );
    expect(await refused(ben.http.store.details.query({ versionId }))).toMatchObject({ ferryCode: 'not-found' });
  });

  test('has its manifest in pages, told by its sender alone', async () => {
    const upload = await delivery();
    await upload.begin();
    const put = (browser: TestBrowser, page: number) =>
      browser.http.store.putSealed.mutate({ versionId: upload.versionId, page, bytes: 'AAAA' });
    await put(ann, 0);
    await put(ann, 0);
    await put(ann, 1);
    expect(await refused(put(ann, 2))).toMatchObject({ ferryCode: 'invalid' });
    expect(await refused(put(cleo, 1))).toMatchObject({ ferryCode: 'not-found' });
    const file = await begun('plan.pdf');
    const call = ann.http.store.putSealed.mutate({ versionId: file.versionId, page: 0, bytes: 'AAAA' });
    expect(await refused(call)).toMatchObject({ ferryCode: 'invalid' });
  });

  test('goes to a colleague who is there, wrapped for devices of theirs', async () => {
    const wrong = [
      [{ recipientId: randomUUID() }, 'not-found'],
      [{ recipientId: await userIdOf(ann) }, 'not-found'],
      [{ wrappedKeys: [{ deviceId: ben.deviceId, wrapped: 'w' }] }, 'invalid'],
    ] as const;
    for (const [more, ferryCode] of wrong) {
      const upload = await delivery(more);
      expect(await refused(upload.begin())).toMatchObject({ ferryCode });
      expect(await upload.state()).toMatchObject({ isUnknown: true });
    }
  });
});
