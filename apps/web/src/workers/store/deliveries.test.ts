import type { Delivery, StoreHealth } from '@ferry/shared';
import { DeviceSigner, makeDeviceKeys } from '@ferry/store-holder';
import { BundleLayout } from '@ferry/webrtc-core';
import { seededRandom } from '@ferry/webrtc-core/testing';
import { describe, expect, test, vi } from 'vitest';
import { digest } from '../catalog/catalog.testing-ground.ts';
import { deliveryUpload } from './delivery-upload.ts';
import { StoreGround } from './download.testing-ground.ts';
import { TestingVersion } from './download.testing-version.ts';

const MIB = 1024 * 1024;
const random = seededRandom(9);
const ada = { userId: crypto.randomUUID(), username: 'ada' };
const FILES = {
  'trip/a.bin': random.bytes(MIB + 3),
  'trip/empty': new Uint8Array(),
  'trip/b.bin': random.bytes(5 * MIB + 77),
  'trip/c.txt': random.bytes(10),
};

/** Ada left a folder for bob while he was away, with colleagues who keep one column each. */
async function left({ holders = 4, isForOther = false } = {}) {
  const ground = new StoreGround();
  const { bob } = ground;
  await bob.start();
  const keys = isForOther ? await makeDeviceKeys() : bob.keys;
  const deviceId = isForOther ? crypto.randomUUID() : bob.deviceId;
  const { keys: told } = await DeviceSigner.for(deviceId, keys);
  const files = Object.entries(FILES).map(([path, bytes]) => {
    const options = { type: 'text/plain', lastModified: 1_700_000_000_000 };
    return { path: path.split('/'), file: new File([bytes as Uint8Array<ArrayBuffer>], path, options) };
  });
  const request = { toUserId: bob.userId, title: 'trip', itemCount: 1, files, handles: [], expiresAt: null };
  const person = (userId: string) => ({ userId, username: 'bob' });
  const upload = await deliveryUpload(request, { server: { keysOf: async () => [told] }, person });
  const stream = await new Blob(Object.values(FILES) as Uint8Array<ArrayBuffer>[]).bytes();
  const version = await TestingVersion.store(stream, { k: 3, n: 4 }, upload);
  ground.versions.set(version.versionId, version);
  for (let index = 0; index < holders; index++) ground.hold(index);
  const { content, sealedPages, versionId } = upload;
  const wrapped = content.type === 'delivery' ? content.wrappedKeys : [];
  const delivery: Delivery = {
    ...{ versionId, from: ada, createdAt: 5, expiresAt: null, sizeBytes: stream.length },
    wrappedKey: wrapped.find((one) => one.deviceId === bob.deviceId)?.wrapped ?? null,
    sealedPageCount: sealedPages.length,
    health: { online: holders, needed: 3 } as StoreHealth,
  };
  ground.waiting.set(versionId, { delivery, pages: sealedPages });
  // Whoever left it is named although no device of theirs is there.
  const shown = () => bob.snapshot(versionId);
  const look = async () => {
    bob.deliveries.look();
    await ground.until(() => shown() !== undefined, 'shown');
  };
  const row = () => bob.table.receiving(versionId)!;
  return { ground, bob, versionId, shown, look, row };
}

test('nothing is left for somebody none of whose devices has keys that are proven', async () => {
  const { keys } = await DeviceSigner.for(crypto.randomUUID(), await makeDeviceKeys());
  const forged = { ...keys, deviceId: crypto.randomUUID() };
  const request = { toUserId: 'bob', title: 'a', itemCount: 1, files: [], handles: [], expiresAt: null };
  const person = (userId: string) => ({ userId, username: 'bob' });
  for (const told of [[], [forged]]) {
    const server = { keysOf: async () => told };
    await expect(deliveryUpload(request, { server, person })).rejects.toThrow('recipient-unknown');
  }
});

describe('something that was left while its recipient was away', () => {
  test('asks like any other request, and moves nothing before it is accepted', async () => {
    const { ground, bob, versionId, shown, look } = await left();
    await look();
    expect(shown()).toMatchObject({
      ...{ direction: 'receive', status: 'announced', origin: 'store', stored: { versionId, kind: 'delivery' } },
      ...{ title: 'trip', itemCount: 1, fileCount: 4, totalBytes: 6 * MIB + 90, peer: ada },
    });
    const entries = await bob.receiving.entries(versionId);
    expect(entries.map(({ path }) => path.join('/'))).toEqual(Object.keys(FILES));
    expect(entries[0]).toMatchObject({ sizeBytes: MIB + 3, mediaType: 'text/plain', modifiedMs: 1_700_000_000_000 });
    await ground.pass(2000);
    expect(ground.openCount).toBe(0);
  });

  test('comes as the files it was, and is told to be here', async () => {
    const { ground, bob, versionId, look, row } = await left();
    await look();
    await bob.receiving.accept(row());
    await ground.until(() => ground.outcomes.length > 0, 'told');
    expect(ground.outcomes).toEqual([{ versionId, outcome: 'received' }]);
    const expected = Object.entries(FILES).map(([path, bytes]) => [path, digest(bytes)]);
    expect(await bob.contents(versionId)).toEqual(Object.fromEntries(expected));
    expect(bob.received.list()).toMatchObject([{ transferId: versionId, title: 'trip', fileCount: 4, peer: ada }]);
    bob.deliveries.look();
    await ground.pass(1000);
    expect(bob.snapshot(versionId)?.status).toBe('done');
  });

  test('of which only some files are chosen brings those', async () => {
    const { ground, bob, versionId, look, row, shown } = await left();
    await look();
    await bob.receiving.accept(row(), [0, 3]);
    await ground.until(() => shown()?.status === 'done', 'done');
    await ground.until(() => ground.outcomes.length > 0, 'told');
    expect(shown()).toMatchObject({ fileCount: 2, totalBytes: MIB + 13 });
    const expected = { 'trip/a.bin': digest(FILES['trip/a.bin']), 'trip/c.txt': digest(FILES['trip/c.txt']) };
    expect(await bob.contents(versionId)).toEqual(expected);
  });

  test('that is declined is told to be, also when the server is away just then', async () => {
    const { ground, versionId, shown, look, row } = await left();
    await look();
    ground.isReachable = false;
    row().transfer.decline();
    await ground.pass(1000);
    expect(shown()?.status).toBe('declined');
    ground.isReachable = true;
    await ground.until(() => ground.outcomes.length > 0, 'told');
    expect(ground.outcomes).toEqual([{ versionId, outcome: 'declined' }]);
  });

  test('goes on after a restart in the middle, and is asked about once', async () => {
    const { ground, bob, versionId, shown, look, row } = await left();
    await look();
    await bob.receiving.accept(row());
    await ground.until(() => shown()!.doneBytes > MIB);
    bob.leave();
    // What was being decoded when it was closed is written, or not: from here on nobody of that life writes.
    await ground.pass(500);
    const layout = new BundleLayout(row().stored!.chosen!);
    const store = await bob.stores.open(versionId, layout);
    const missing = layout.chunkCount - store.have.count;
    expect(missing).toBeLessThan(layout.chunkCount);
    const write = vi.spyOn(store, 'write');
    await bob.start();
    expect(shown()).toMatchObject({ title: 'trip', fileCount: 4, stored: { versionId, kind: 'delivery' } });
    await ground.until(() => ground.outcomes.length > 0, 'told');
    const expected = Object.entries(FILES).map(([path, bytes]) => [path, digest(bytes)]);
    expect(await bob.contents(versionId)).toEqual(Object.fromEntries(expected));
    // Each chunk is written once in both lives together.
    expect(write).toHaveBeenCalledTimes(missing);
  });

  test('goes from here when it was taken on another device', async () => {
    const { ground, bob, versionId, shown, look } = await left();
    await look();
    ground.waiting.delete(versionId);
    bob.deliveries.look();
    await ground.until(() => shown() === undefined);
    expect(ground.outcomes).toEqual([]);
  });

  test('says how many of its holders are there when that is not enough', async () => {
    const { ground, shown, look } = await left({ holders: 2 });
    await look();
    await ground.until(() => shown()?.waitsForHolders !== undefined);
    expect(shown()?.waitsForHolders).toEqual({ online: 2, needed: 3 });
  });

  test('and locked for another device only is shown, and cannot be opened here', async () => {
    const { shown, look } = await left({ isForOther: true });
    await look();
    expect(shown()).toMatchObject({ status: 'announced', problem: { code: 'key-missing' }, totalBytes: 6 * MIB + 90 });
  });
});
