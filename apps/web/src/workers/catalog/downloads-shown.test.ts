// What the page is told of downloads besides how far they are: where they are in the catalog, what they are called, from
// whom they came, and that they are paused.
import { seededRandom } from '@ferry/webrtc-core/testing';
import { describe, expect, test } from 'vitest';
import { CatalogGround } from './catalog.testing-ground.ts';

const MIB = 1024 * 1024;
const random = seededRandom(11);

async function ownerAndGuest(files: Record<string, Uint8Array>) {
  const ground = await CatalogGround.start();
  const [ada, bob] = [await ground.join('ada'), await ground.join('bob')];
  const tree = await ada.share('plans', files);
  const untilDone = (transferId: string) => ground.until(() => bob.snapshot(transferId)?.status === 'done', 'done');
  const again = async () => {
    bob.leave();
    await bob.start();
  };
  return { ground, ada, bob, tree, untilDone, again };
}

describe('the place of a download is told', () => {
  test('before and after a restart, while it waits for its owner', async () => {
    const { ground, ada, bob, tree, again } = await ownerAndGuest({ 'sub/a.txt': random.bytes(10) });
    ada.leave();
    const id = await bob.downloads.download(tree.place('sub'));
    const told = { status: 'announced', places: [{ shareId: tree.shareId, path: 'sub' }] };
    expect(bob.snapshot(id)).toMatchObject(told);
    await again();
    await ground.pass(1000);
    expect(bob.snapshot(id)).toMatchObject({ ...told, waitsForOwner: true });
  });

  test('before and after a restart, while it is under way', async () => {
    const { ground, bob, tree, untilDone, again } = await ownerAndGuest({ 'a.bin': random.bytes(24 * MIB) });
    const id = await bob.downloads.download(tree.place(''));
    await ground.until(() => bob.snapshot(id)!.doneBytes > 4 * MIB);
    await again();
    expect(bob.snapshot(id)).toMatchObject({ places: [{ shareId: tree.shareId, path: '' }] });
    await untilDone(id);
  });
});

describe('files that changed and are fetched as they are now', () => {
  async function changedInTheMiddle(...changed: string[]) {
    const files = { 'a.bin': random.bytes(MIB), 'b.bin': random.bytes(24 * MIB), 'c.bin': random.bytes(24 * MIB) };
    const all = await ownerAndGuest(files);
    const { ada, bob, tree, ground, untilDone } = all;
    const id = await bob.downloads.download(tree.place(''));
    await ground.until(() => bob.snapshot(id)!.doneBytes > 2 * MIB);
    for (const path of changed)
      await ada.write(tree.shareId, path, random.bytes(MIB), { lastModified: 1_800_000_000_000 });
    await ground.until(() => bob.snapshot(id)?.problem?.fileCount === changed.length);
    await bob.downloads.answerChange(id, 'fetch-new');
    const other = bob.snapshots().find(({ transferId }) => transferId !== id)!;
    await untilDone(other.transferId);
    return { ...all, otherId: other.transferId };
  }

  test('have their own name also when their owner has told the folder’s, and are found in their own place', async () => {
    const { bob, tree, otherId, again } = await changedInTheMiddle('b.bin');
    expect(bob.snapshot(otherId)).toMatchObject({
      title: 'b.bin',
      itemCount: 1,
      places: [{ shareId: tree.shareId, path: 'b.bin' }],
    });
    await again();
    const kept = bob.received.list().find(({ transferId }) => transferId === otherId);
    expect(kept).toMatchObject({ title: 'b.bin', fileCount: 1 });
  });

  test('are named after the first of them when there are several', async () => {
    const { bob, otherId } = await changedInTheMiddle('b.bin', 'c.bin');
    expect(bob.snapshot(otherId)).toMatchObject({ title: 'b.bin', itemCount: 2, fileCount: 2 });
  });
});

describe('who gave it', () => {
  test('is the colleague who passed it on, also in what was received', async () => {
    const { ground, ada, bob, tree, untilDone } = await ownerAndGuest({ 'a.bin': random.bytes(3 * MIB) });
    await untilDone(await bob.downloads.download(tree.place('a.bin')));
    await ground.until(() => (ground.server.holdings.get(bob.deviceId)?.length ?? 0) > 0);
    const eve = await ground.join('eve');
    ada.leave();
    const id = await eve.downloads.download(tree.place('a.bin'));
    await ground.until(() => eve.snapshot(id)?.status === 'done');
    expect(eve.snapshot(id)).toMatchObject({ peer: { username: 'ada' }, givers: [{ username: 'bob' }] });
    await ground.until(() => eve.received.list().length === 1);
    expect(eve.received.list()).toMatchObject([{ peer: { username: 'bob' } }]);
  });

  test('is still known after a restart in the middle', async () => {
    const { ground, ada, bob, tree, untilDone, again } = await ownerAndGuest({ 'a.bin': random.bytes(24 * MIB) });
    const id = await bob.downloads.download(tree.place('a.bin'));
    await ground.until(() => bob.snapshot(id)!.doneBytes > 4 * MIB);
    ada.leave();
    await ground.until(() => bob.snapshot(id)!.status === 'stalled');
    await again();
    expect(bob.snapshot(id)).toMatchObject({ givers: [{ username: 'ada' }] });
    await ada.start();
    await untilDone(id);
  });
});

describe('a download that is paused before anybody has answered', () => {
  test('is shown as paused, also after a restart, and stays so when its owner is back', async () => {
    const { ground, ada, bob, tree, untilDone, again } = await ownerAndGuest({ 'a.bin': random.bytes(8 * MIB) });
    ada.leave();
    const id = await bob.downloads.download(tree.place('a.bin'));
    await bob.downloads.remember(id, { isPaused: true });
    const paused = { status: 'paused', pausedBy: 'me', pauseReason: 'user' };
    expect(bob.snapshot(id)).toMatchObject(paused);
    expect(bob.snapshot(id)?.waitsForOwner).toBeUndefined();
    await again();
    expect(bob.snapshot(id)).toMatchObject(paused);
    await ada.start();
    await ground.until(() => bob.received.get(id) !== undefined);
    await ground.pass(5000);
    expect(bob.snapshot(id)).toMatchObject({ ...paused, doneBytes: 0 });
    bob.table.receiving(id)!.transfer.resume();
    await untilDone(id);
  });

  test('and resumed before anybody has, starts by itself', async () => {
    const { ground, ada, bob, tree, untilDone } = await ownerAndGuest({ 'a.bin': random.bytes(MIB) });
    ada.leave();
    const id = await bob.downloads.download(tree.place('a.bin'));
    await bob.downloads.remember(id, { isPaused: true });
    await bob.downloads.remember(id, { isPaused: false });
    await ground.pass(1000);
    expect(bob.snapshot(id)).toMatchObject({ status: 'announced', waitsForOwner: true });
    await ada.start();
    await untilDone(id);
  });
});
