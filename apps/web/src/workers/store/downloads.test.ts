import { seededRandom } from '@ferry/webrtc-core/testing';
import { describe, expect, test } from 'vitest';
import { digest } from '../catalog/catalog.testing-ground.ts';
import { StoreGround } from './download.testing-ground.ts';
import { TestingVersion } from './download.testing-version.ts';

const MIB = 1024 * 1024;
const random = seededRandom(5);

/** A file of which each of some people keeps one column. */
async function stored(sizeBytes: number, { k, n, holders = n }: { k: number; n: number; holders?: number }) {
  const ground = new StoreGround();
  const version = await TestingVersion.store(random.bytes(sizeBytes), { k, n });
  const request = ground.add(version);
  for (let index = 0; index < holders; index++) ground.hold(index);
  await ground.bob.start();
  const { bob } = ground;
  const status = (id: string) => bob.snapshot(id)?.status;
  const untilDone = (id: string) => ground.until(() => status(id) === 'done', 'done');
  const again = async () => {
    bob.leave();
    await bob.start();
  };
  return { ground, bob, version, request, status, untilDone, again };
}

describe('a download from the Store', () => {
  test('is the file, byte for byte, from those who keep columns of it', async () => {
    const { ground, bob, version, request, untilDone } = await stored(10 * MIB + 77, { k: 3, n: 6 });
    const id = await bob.downloads.download(request);
    expect(bob.snapshot(id)).toMatchObject({
      ...{ direction: 'receive', origin: 'store', title: 'a.bin', fileCount: 1, totalBytes: 10 * MIB + 77 },
      ...{ status: 'announced', stored: { versionId: version.versionId, kind: 'file' }, peer: { username: 'ada' } },
    });
    await untilDone(id);
    expect(await bob.contents(id)).toEqual({ 'a.bin': digest(version.bytes) });
    expect(bob.snapshot(id)).toMatchObject({
      doneBytes: 10 * MIB + 77,
      fileCount: 1,
      pieces: expect.arrayContaining([3]),
    });
    await ground.until(() => bob.received.list().length === 1);
    const kept = { transferId: id, title: 'a.bin', fileCount: 1, sizeBytes: 10 * MIB + 77, peer: { username: 'ada' } };
    expect(bob.received.list()).toMatchObject([kept]);
    const sources = bob.snapshot(id)!.sources;
    expect(sources.length).toBe(6);
    expect(sources.filter(({ movedBytes }) => movedBytes > 0).length).toBeGreaterThanOrEqual(3);
  });

  test('goes on in spite of those who leave, as long as enough are there', async () => {
    const { ground, bob, version, request, untilDone } = await stored(12 * MIB, { k: 2, n: 5 });
    const id = await bob.downloads.download(request);
    await ground.until(() => bob.snapshot(id)!.doneBytes > 3 * MIB);
    for (const holder of ground.holders.slice(0, 3)) ground.leave(holder);
    await untilDone(id);
    expect(await bob.contents(id)).toEqual({ 'a.bin': digest(version.bytes) });
  });

  test('takes what is kept in this browser from there', async () => {
    const { ground, bob, version, request, untilDone } = await stored(6 * MIB, { k: 2, n: 3, holders: 1 });
    ground.holdAtBob(1, 2);
    const id = await bob.downloads.download(request);
    await untilDone(id);
    expect(await bob.contents(id)).toEqual({ 'a.bin': digest(version.bytes) });
    const own = bob.snapshot(id)!.sources.find(({ deviceId }) => deviceId === bob.deviceId);
    expect(own!.movedBytes).toBeGreaterThanOrEqual(3 * MIB);
  });

  test('asked for twice is one', async () => {
    const { bob, request } = await stored(MIB, { k: 1, n: 2 });
    const [first, second] = await Promise.all([bob.downloads.download(request), bob.downloads.download(request)]);
    expect(second).toBe(first);
    expect(await bob.downloads.download(request)).toBe(first);
  });

  test('of an empty file needs nobody', async () => {
    const { bob, request, untilDone } = await stored(0, { k: 1, n: 1, holders: 0 });
    const id = await bob.downloads.download(request);
    await untilDone(id);
    expect(await bob.contents(id)).toEqual({ 'a.bin': digest(new Uint8Array()) });
  });

  test('without room waits for its user, who makes some', async () => {
    const { bob, version, request, status, untilDone } = await stored(2 * MIB, { k: 2, n: 3 });
    bob.freeBytes = 10;
    const id = await bob.downloads.download(request);
    expect(bob.snapshot(id)).toMatchObject({ status: 'announced', problem: { code: 'store-full' } });
    bob.freeBytes = 4 * MIB;
    await bob.receiving.accept(bob.table.receiving(id)!);
    await untilDone(id);
    expect(status(id)).toBe('done');
    expect(await bob.contents(id)).toEqual({ 'a.bin': digest(version.bytes) });
  });

  test('that is cancelled leaves nothing behind', async () => {
    const { ground, bob, request, status } = await stored(12 * MIB, { k: 2, n: 3 });
    const id = await bob.downloads.download(request);
    await ground.until(() => bob.snapshot(id)!.doneBytes > 2 * MIB);
    bob.table.receiving(id)!.transfer.cancel();
    await ground.pass(2000);
    expect(status(id)).toBe('cancelled');
    expect(bob.received.get(id)).toBeUndefined();
    expect(await bob.stores.list()).toEqual([]);
  });
});

describe('while too few are online', () => {
  test('it says how many there are, and starts by itself', async () => {
    const { ground, bob, version, request, untilDone } = await stored(4 * MIB, { k: 3, n: 5, holders: 3 });
    ground.leave(ground.holders[0]!);
    const id = await bob.downloads.download(request);
    await ground.until(() => bob.snapshot(id)!.waitsForHolders !== undefined);
    expect(bob.snapshot(id)!.waitsForHolders).toEqual({ online: 2, needed: 3 });
    ground.come(ground.holders[0]!);
    await untilDone(id);
    expect(bob.snapshot(id)!.waitsForHolders).toBeUndefined();
    expect(await bob.contents(id)).toEqual({ 'a.bin': digest(version.bytes) });
  });

  test('columns that the server has come to know later are asked for, too', async () => {
    const { ground, bob, version, request, untilDone } = await stored(6 * MIB, { k: 2, n: 4 });
    ground.isKnown = (index) => index < 2;
    const id = await bob.downloads.download(request);
    await ground.until(() => bob.snapshot(id)!.doneBytes >= 2 * MIB);
    ground.leave(ground.holders[0]!);
    ground.leave(ground.holders[1]!);
    ground.isKnown = () => true;
    await untilDone(id);
    expect(await bob.contents(id)).toEqual({ 'a.bin': digest(version.bytes) });
  });

  test('a version that is not all told yet is waited for', async () => {
    const { ground, bob, request, status, untilDone } = await stored(4 * MIB, { k: 2, n: 3 });
    ground.isKnown = (index) => index < 1;
    const id = await bob.downloads.download(request);
    await ground.pass(5000);
    expect(status(id)).toBe('announced');
    ground.isKnown = () => true;
    bob.downloads.storeChanged();
    await untilDone(id);
  });

  test('a server that is away is asked again', async () => {
    const { ground, bob, request, status, untilDone } = await stored(MIB, { k: 2, n: 3 });
    ground.isReachable = false;
    const id = await bob.downloads.download(request);
    await ground.pass(20_000);
    expect(status(id)).toBe('announced');
    ground.isReachable = true;
    await untilDone(id);
  });
});

describe('after a restart', () => {
  test('it goes on from what is here, and nothing is asked for twice', async () => {
    const { ground, bob, version, request, untilDone, again } = await stored(16 * MIB, { k: 2, n: 4 });
    const id = await bob.downloads.download(request);
    await ground.until(() => bob.snapshot(id)!.doneBytes >= 8 * MIB);
    bob.leave();
    await bob.start();
    const heldBytes = bob.snapshot(id)!.doneBytes;
    await untilDone(id);
    expect(await bob.contents(id)).toEqual({ 'a.bin': digest(version.bytes) });
    expect(bob.snapshot(id)!.movedBytes).toBeLessThanOrEqual(16 * MIB - heldBytes + 8 * MIB);
    await again();
    expect(bob.received.list()).toMatchObject([{ transferId: id, fileCount: 1 }]);
  });

  test('it is still there when nobody was, and while the server is away', async () => {
    const { ground, bob, request, status, untilDone, again } = await stored(2 * MIB, { k: 2, n: 3 });
    ground.isReachable = false;
    const id = await bob.downloads.download(request);
    await again();
    expect(bob.snapshot(id)).toMatchObject({ status: 'announced', title: 'a.bin', origin: 'store' });
    ground.isReachable = true;
    await untilDone(id);
    expect(status(id)).toBe('done');
  });

  test('what was paused stays so until its user goes on', async () => {
    const { ground, bob, version, request, status, untilDone, again } = await stored(12 * MIB, { k: 2, n: 3 });
    const id = await bob.downloads.download(request);
    await ground.until(() => bob.snapshot(id)!.doneBytes >= 2 * MIB);
    bob.table.receiving(id)!.transfer.pause();
    await bob.received.change(id, { isPaused: true });
    await again();
    expect(status(id)).toBe('paused');
    await ground.pass(5000);
    expect(bob.snapshot(id)).toMatchObject({ status: 'paused', pauseReason: 'user' });
    await bob.received.change(id, { isPaused: false });
    bob.table.receiving(id)!.transfer.resume();
    await untilDone(id);
    expect(await bob.contents(id)).toEqual({ 'a.bin': digest(version.bytes) });
  });
});

describe('something is wrong', () => {
  test('whoever gives wrong bytes is reported once, and others make up for them', async () => {
    const { ground, bob, version, request, untilDone } = await stored(12 * MIB, { k: 2, n: 4 });
    ground.holders[1]!.isWrong = true;
    const id = await bob.downloads.download(request);
    await untilDone(id);
    expect(await bob.contents(id)).toEqual({ 'a.bin': digest(version.bytes) });
    const { deviceId: holder } = ground.holders[1]!;
    const column = { versionId: version.versionId, group: 0, index: 1 };
    expect(ground.reports).toEqual([{ deviceId: bob.deviceId, holder, column, chunk: expect.any(Number) }]);
  });

  test('a version that was deleted meanwhile is said to be gone', async () => {
    const { ground, bob, version, request, status } = await stored(8 * MIB, { k: 3, n: 3 });
    ground.leave(ground.holders[0]!);
    const id = await bob.downloads.download(request);
    await ground.until(() => bob.snapshot(id)!.waitsForHolders !== undefined);
    ground.versions.delete(version.versionId);
    bob.downloads.storeChanged();
    await ground.until(() => status(id) === 'failed');
    expect(bob.snapshot(id)).toMatchObject({ problem: { code: 'version-gone' } });
  });
});
