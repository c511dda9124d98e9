import { seededRandom } from '@ferry/webrtc-core/testing';
import { describe, expect, test } from 'vitest';
import { CatalogGround, digest } from './catalog.testing-ground.ts';
import { hashFile } from './file-hashing.ts';

const MIB = 1024 * 1024;
const random = seededRandom(7);

/** An owner with a folder, and somebody who wants something of it. */
async function ownerAndGuest(files: Record<string, Uint8Array>, options = {}) {
  const ground = await CatalogGround.start();
  const [ada, bob] = [await ground.join('ada'), await ground.join('bob')];
  const tree = await ada.share('plans', files, options);
  const status = (transferId: string) => bob.snapshot(transferId)?.status;
  const untilDone = (transferId: string) => ground.until(() => status(transferId) === 'done', 'done');
  return { ground, ada, bob, tree, status, untilDone };
}

describe('a download', () => {
  test('of a folder keeps its tree, and is seen on both sides', async () => {
    const files = { 'a.txt': random.bytes(10), 'sub/b.bin': random.bytes(2 * MIB + 5), 'sub/empty': random.bytes(0) };
    const { ada, bob, tree, untilDone, ground } = await ownerAndGuest(files);
    const id = await bob.downloads.download(tree.place(''));
    expect(bob.snapshot(id)).toMatchObject({ status: 'announced', title: 'plans', origin: 'catalog', fileCount: 3 });
    await untilDone(id);
    expect(await bob.contents(id)).toEqual({
      'plans/a.txt': digest(files['a.txt']),
      'plans/sub/b.bin': digest(files['sub/b.bin']),
      'plans/sub/empty': digest(files['sub/empty']),
    });
    expect(bob.received.list()).toMatchObject([{ transferId: id, fileCount: 3, peer: { username: 'ada' } }]);
    await ground.until(() => ada.snapshots()[0]?.status === 'done');
    expect(ada.snapshots()).toMatchObject([
      { direction: 'send', origin: 'catalog', title: 'plans', peer: { username: 'bob' }, canRetry: false },
    ]);
  });

  test('of one file has the file’s name alone', async () => {
    const files = { 'sub/b.bin': random.bytes(100), 'c.bin': random.bytes(1) };
    const { bob, tree, untilDone } = await ownerAndGuest(files, { isVerified: false });
    const id = await bob.downloads.download(tree.place('sub/b.bin'));
    await untilDone(id);
    expect(await bob.contents(id)).toEqual({ 'b.bin': digest(files['sub/b.bin']) });
  });

  test('asked for twice is one', async () => {
    const { bob, tree } = await ownerAndGuest({ 'a.txt': random.bytes(10) });
    const ids = [bob.downloads.download(tree.place('a.txt')), bob.downloads.download(tree.place('a.txt'))];
    const [first, second] = await Promise.all(ids);
    expect(second).toBe(first);
    expect(await bob.downloads.download(tree.place('a.txt'))).toBe(first);
    expect(await bob.downloads.download(tree.place(''))).not.toBe(first);
  });

  test('that was fetched whole is counted at its owner’s, once', async () => {
    const { ada, bob, tree, untilDone, ground } = await ownerAndGuest({ 'a.txt': random.bytes(10) });
    await untilDone(await bob.downloads.download(tree.place('a.txt')));
    await ground.pass(5000);
    expect(ada.serving.snapshot.downloadCounts).toEqual({ [tree.shareId]: 1 });
    const place = { shareId: tree.shareId, path: 'a.txt', title: 'a.txt', fileCount: 1, sizeBytes: 10 };
    expect(await ada.serving.downloads()).toMatchObject([{ ...place, user: { userId: bob.userId, username: 'bob' } }]);
  });

  test('leaves the owner’s list after a while', async () => {
    const { ada, bob, tree, untilDone, ground } = await ownerAndGuest({ 'a.txt': random.bytes(10) });
    await untilDone(await bob.downloads.download(tree.place('a.txt')));
    await ground.pass(1000);
    expect(ada.snapshots()).toHaveLength(1);
    await ground.pass(61_000);
    expect(ada.snapshots()).toEqual([]);
  });

  test('without room waits for its user, who makes some', async () => {
    const { bob, tree, status, untilDone, ground } = await ownerAndGuest({ 'a.bin': random.bytes(MIB) });
    bob.freeBytes = 10;
    const id = await bob.downloads.download(tree.place('a.bin'));
    await ground.until(() => bob.snapshot(id)?.problem?.code === 'store-full');
    expect(status(id)).toBe('announced');
    bob.freeBytes = 2 * MIB;
    await bob.receiving.accept(bob.table.receiving(id)!);
    await untilDone(id);
  });
});

describe('an owner who is not there', () => {
  test('is waited for, and when back it starts by itself', async () => {
    const { ada, bob, tree, status, untilDone, ground } = await ownerAndGuest({ 'a.txt': random.bytes(10) });
    ada.leave();
    const id = await bob.downloads.download(tree.place('a.txt'));
    await ground.pass(2000);
    expect(bob.snapshot(id)).toMatchObject({ status: 'announced', waitsForOwner: true });
    await ada.start();
    await untilDone(id);
    expect(bob.snapshot(id)?.waitsForOwner).toBeUndefined();
    expect(status(id)).toBe('done');
  });

  test('is waited for also across restarts, from before anything was told', async () => {
    const files = { 'a.txt': random.bytes(10) };
    const { ada, bob, tree, untilDone, ground } = await ownerAndGuest(files);
    ada.leave();
    const id = await bob.downloads.download(tree.place('a.txt'));
    await ground.pass(1000);
    bob.leave();
    await bob.start();
    expect(bob.snapshot(id)).toMatchObject({ status: 'announced', title: 'a.txt', peer: { username: 'ada' } });
    await ground.pass(1000);
    expect(bob.snapshot(id)).toMatchObject({ waitsForOwner: true, sources: [{ isOwner: true, isOnline: false }] });
    await ada.start();
    await untilDone(id);
    expect(await bob.contents(id)).toEqual({ 'a.txt': digest(files['a.txt']) });
  });

  test('need not be waited for when a colleague has the same file', async () => {
    const file = random.bytes(2 * MIB + 3);
    const { ada, bob, tree, untilDone, ground } = await ownerAndGuest({ 'a.bin': file });
    const eve = await ground.join('eve');
    await eve.share('mine', { 'other name.bin': file });
    ada.leave();
    const id = await bob.downloads.download(tree.place('a.bin'));
    await untilDone(id);
    expect(Object.values(await bob.contents(id))).toEqual([digest(file)]);
  });

  test('in the middle, it stalls and goes on from where it was', async () => {
    const file = random.bytes(24 * MIB);
    const { ada, bob, tree, status, untilDone, ground } = await ownerAndGuest({ 'a.bin': file });
    const id = await bob.downloads.download(tree.place('a.bin'));
    await ground.until(() => bob.snapshot(id)!.doneBytes > 4 * MIB);
    ada.leave();
    await ground.until(() => status(id) === 'stalled');
    expect(bob.snapshot(id)).toMatchObject({ waitsForOwner: true });
    await ada.start();
    await untilDone(id);
    expect(bob.snapshot(id)!.movedBytes).toBeLessThan(file.length + 12 * MIB);
    expect(Object.values(await bob.contents(id))).toEqual([digest(file)]);
  });
});

test('a restart in the middle loses nothing that was kept', async () => {
  const file = random.bytes(24 * MIB);
  const { bob, tree, untilDone, ground } = await ownerAndGuest({ 'a.bin': file });
  const id = await bob.downloads.download(tree.place('a.bin'));
  await ground.until(() => bob.snapshot(id)!.doneBytes > 4 * MIB);
  bob.leave();
  await bob.start();
  expect(bob.snapshot(id)).toMatchObject({ origin: 'catalog', title: 'a.bin' });
  expect(bob.snapshot(id)!.doneBytes).toBeGreaterThan(4 * MIB);
  await untilDone(id);
  expect(bob.snapshot(id)!.movedBytes).toBeLessThan(file.length - 3 * MIB);
  expect(Object.values(await bob.contents(id))).toEqual([digest(file)]);
});

test('two owners of equal content both give, and one may go in the middle', async () => {
  const file = random.bytes(32 * MIB);
  const { bob, tree, untilDone, ground } = await ownerAndGuest({ 'a.bin': file });
  const eve = await ground.join('eve');
  await eve.share('mine', { 'other name.bin': file });
  const id = await bob.downloads.download(tree.place('a.bin'));
  await ground.until(() => bob.snapshot(id)!.sources.filter(({ movedBytes }) => movedBytes > 0).length === 2);
  expect(bob.snapshot(id)!.sources).toMatchObject([
    { user: { username: 'ada' }, isOwner: true, isOnline: true },
    { user: { username: 'eve' }, isOwner: false, isOnline: true },
  ]);
  eve.leave();
  await untilDone(id);
  expect(Object.values(await bob.contents(id))).toEqual([digest(file)]);
});

test('a colleague whose file is not what it is listed as gives nothing: the owner is waited for', async () => {
  const file = random.bytes(100_000);
  const { ada, bob, tree, untilDone, ground } = await ownerAndGuest({ 'a.bin': file });
  const eve = await ground.join('eve');
  const { shareId } = await eve.share('mine', {});
  await eve.write(shareId, 'a.bin', random.bytes(100_000), { claims: tree.place('a.bin').contentId });
  ada.leave();
  const id = await bob.downloads.download(tree.place('a.bin'));
  await ground.until(() => eve.snapshots()[0]?.problem?.code === 'source-changed');
  await ground.pass(10_000);
  expect(bob.snapshot(id)).toMatchObject({ status: 'stalled', doneBytes: 0 });
  await ada.start();
  await untilDone(id);
  expect(Object.values(await bob.contents(id))).toEqual([digest(file)]);
});

describe('somebody who downloaded it', () => {
  test('gives it on, when its owner is gone', async () => {
    const file = random.bytes(3 * MIB);
    const { ada, bob, tree, untilDone, ground } = await ownerAndGuest({ 'a.bin': file });
    await untilDone(await bob.downloads.download(tree.place('a.bin')));
    await ground.until(() => ground.server.heldBy(bob.deviceId).length > 0);
    const eve = await ground.join('eve');
    ada.leave();
    const id = await eve.downloads.download(tree.place('a.bin'));
    await ground.until(() => eve.snapshot(id)?.status === 'done');
    expect(Object.values(await eve.contents(id))).toEqual([digest(file)]);
    expect(eve.snapshot(id)!.sources.find(({ movedBytes }) => movedBytes > 0)?.user.username).toBe('bob');
  });

  test('gives on what is here while the rest still comes', async () => {
    const file = random.bytes(40 * MIB);
    const { ada, bob, tree, ground } = await ownerAndGuest({ 'a.bin': file });
    const first = await bob.downloads.download(tree.place('a.bin'));
    await ground.until(() => bob.snapshot(first)!.doneBytes > 8 * MIB);
    ada.leave();
    const eve = await ground.join('eve');
    await ground.until(() => ground.server.heldBy(bob.deviceId).length > 0);
    const second = await eve.downloads.download(tree.place('a.bin'));
    await ground.until(() => eve.snapshot(second)!.doneBytes > 7 * MIB);
    await ada.start();
    await ground.until(() => [bob.snapshot(first), eve.snapshot(second)].every((one) => one?.status === 'done'));
    expect(Object.values(await eve.contents(second))).toEqual([digest(file)]);
  });

  test('has it by its content, which its owner did not know, until it is cleared', async () => {
    const file = random.bytes(3 * MIB);
    const { bob, tree, untilDone, ground } = await ownerAndGuest({ 'a.bin': file }, { isVerified: false });
    const { contentId } = await hashFile(new Blob([file as Uint8Array<ArrayBuffer>]), async () => {});
    const id = await bob.downloads.download(tree.place('a.bin'));
    await untilDone(id);
    await ground.until(() => bob.received.list().length === 1);
    await ground.pass(1000);
    const held = await bob.held.find(contentId, [tree.shareId]);
    if (typeof held === 'string') throw new Error(held);
    expect(held?.entry.path).toEqual(['a.bin']);
    expect(digest(await held!.source.read(1))).toBe(digest(file.slice(MIB, 2 * MIB)));
    expect((await held!.hashes())?.length).toBe(3 * 32);
    await bob.receiving.clear([id]);
    expect(await bob.held.find(contentId, [tree.shareId])).toBeUndefined();
  });

  test('does not, when they do not want to', async () => {
    const { bob, tree, untilDone, ground } = await ownerAndGuest({ 'a.bin': random.bytes(3 * MIB) });
    await untilDone(await bob.downloads.download(tree.place('a.bin')));
    await ground.until(() => ground.server.heldBy(bob.deviceId).length > 0);
    await bob.serving.setSettings({ ...bob.serving.settings, sharesDownloads: false });
    bob.holdings.changed({ isSoon: true });
    await ground.until(() => ground.server.heldBy(bob.deviceId).length === 0);
  });
});

describe('refusals', () => {
  test('of the server: it is not shared, or not with this user', async () => {
    const { bob, tree, status, ground } = await ownerAndGuest({ 'a.txt': random.bytes(10) });
    const id = await bob.downloads.download({
      ...tree.place('a.txt'),
      place: { shareId: tree.shareId, path: 'b.txt' },
    });
    await ground.until(() => status(id) === 'failed');
    expect(bob.snapshot(id)).toMatchObject({ problem: { code: 'not-shared' }, canRetry: true });
  });

  test('of the owner, whatever the server says', async () => {
    const { ada, bob, tree, status, ground } = await ownerAndGuest({ 'a.txt': random.bytes(10) });
    ada.shares.get(tree.shareId)!.audience = { type: 'chosen', userIds: [crypto.randomUUID()] };
    const id = await bob.downloads.download(tree.place('a.txt'));
    await ground.until(() => status(id) === 'failed');
    expect(bob.snapshot(id)?.problem).toEqual({ code: 'not-shared' });
    // Asked for once more after that was mended.
    ada.shares.get(tree.shareId)!.audience = { type: 'everyone' };
    expect(await bob.downloads.download(tree.place('a.txt'))).toBe(id);
    await ground.until(() => status(id) === 'done');
    expect(bob.snapshot(id)?.problem).toBeUndefined();
  });

  test('because leave had expired: it is asked for anew, without hurry when that does not help', async () => {
    const { bob, tree, untilDone, ground } = await ownerAndGuest({ 'a.txt': random.bytes(10) });
    ground.server.signsExpired = true;
    const id = await bob.downloads.download(tree.place('a.txt'));
    await ground.pass(20_000);
    expect(ground.server.grantCount).toBeLessThan(5);
    ground.server.signsExpired = false;
    await untilDone(id);
  });

  test('because the owner’s browser cannot open the files: it is asked again by itself', async () => {
    const { ada, bob, tree, untilDone, ground } = await ownerAndGuest({ 'a.txt': random.bytes(10) });
    ada.shares.get(tree.shareId)!.isLocked = true;
    const id = await bob.downloads.download(tree.place('a.txt'));
    await ground.until(() => bob.snapshot(id)?.problem?.code === 'owner-unreadable');
    ada.shares.get(tree.shareId)!.isLocked = false;
    await untilDone(id);
    expect(bob.snapshot(id)?.problem).toBeUndefined();
  });

  test('because the server is out of reach: it is asked again by itself', async () => {
    const { bob, tree, untilDone, ground, status } = await ownerAndGuest({ 'a.txt': random.bytes(10) });
    ground.server.isReachable = false;
    const id = await bob.downloads.download(tree.place('a.txt'));
    await ground.pass(5000);
    expect(status(id)).toBe('announced');
    ground.server.isReachable = true;
    await untilDone(id);
  });
});

describe('a file that changed at its owner’s', () => {
  async function changedInTheMiddle() {
    const files = { 'a.bin': random.bytes(MIB), 'b.bin': random.bytes(24 * MIB), 'c.bin': random.bytes(MIB) };
    const all = await ownerAndGuest(files);
    const { ada, bob, tree, ground } = all;
    const id = await bob.downloads.download(tree.place(''));
    await ground.until(() => bob.snapshot(id)!.doneBytes > 2 * MIB);
    const changed = random.bytes(5 * MIB);
    await ada.write(tree.shareId, 'b.bin', changed, { lastModified: 1_800_000_000_000 });
    await ground.until(() => bob.snapshot(id)?.problem?.code === 'files-changed');
    expect(bob.snapshot(id)?.problem).toEqual({ code: 'files-changed', fileCount: 1, fileName: 'b.bin' });
    return { ...all, id, files, changed };
  }

  test('may be left out', async () => {
    const { bob, id, files, untilDone } = await changedInTheMiddle();
    await bob.downloads.answerChange(id, 'leave-out');
    await untilDone(id);
    expect(await bob.contents(id)).toEqual({
      'plans/a.bin': digest(files['a.bin']),
      'plans/c.bin': digest(files['c.bin']),
    });
    expect(bob.snapshot(id)).toMatchObject({ fileCount: 2 });
    expect(bob.received.list()).toMatchObject([{ transferId: id, fileCount: 2 }]);
    expect(bob.received.partial(() => undefined)).toEqual([]);
  });

  test('may be fetched as it is now, beside the rest', async () => {
    const { bob, id, changed, untilDone, ground } = await changedInTheMiddle();
    await bob.downloads.answerChange(id, 'fetch-new');
    await untilDone(id);
    const other = bob.snapshots().find(({ transferId }) => transferId !== id)!;
    await ground.until(() => bob.snapshot(other.transferId)?.status === 'done');
    expect(await bob.contents(other.transferId)).toEqual({ 'plans/b.bin': digest(changed) });
    expect(other).toMatchObject({ title: 'b.bin', fileCount: 1 });
  });

  test('that was fetched alone is fetched anew in the same row’s place', async () => {
    const { ada, bob, tree, ground } = await ownerAndGuest({ 'a.bin': random.bytes(24 * MIB) });
    const id = await bob.downloads.download(tree.place('a.bin'));
    await ground.until(() => bob.snapshot(id)!.doneBytes > 2 * MIB);
    const changed = random.bytes(MIB);
    await ada.write(tree.shareId, 'a.bin', changed, { lastModified: 1_800_000_000_000 });
    await ground.until(() => bob.snapshot(id)?.problem?.code === 'files-changed');
    await bob.downloads.answerChange(id, 'fetch-new');
    const [only, ...others] = bob.snapshots();
    expect(others).toEqual([]);
    await ground.until(() => bob.snapshot(only!.transferId)?.status === 'done');
    expect(await bob.contents(only!.transferId)).toEqual({ 'a.bin': digest(changed) });
    expect(bob.received.list()).toHaveLength(1);
  });
});
