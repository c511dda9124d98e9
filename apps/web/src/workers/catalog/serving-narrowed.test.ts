import type { Audience } from '@ferry/shared';
import { seededRandom } from '@ferry/webrtc-core/testing';
import { expect, test } from 'vitest';
import { CatalogGround } from './catalog.testing-ground.ts';

const MIB = 1024 * 1024;
const random = seededRandom(12);

/** Somebody in the middle of fetching what another one shares. */
async function underWay() {
  const ground = await CatalogGround.start();
  const [ada, bob] = [await ground.join('ada'), await ground.join('bob')];
  await ada.serving.setSettings({ ...ada.serving.settings, bytesPerSecond: MIB });
  const tree = await ada.share('plans', { 'large.bin': random.bytes(12 * MIB) }, { isVerified: false });
  const id = await bob.downloads.download(tree.place('large.bin'));
  await ground.until(() => bob.snapshot(id)!.doneBytes > 0);
  const allow = (audience: Audience) => Object.assign(ada.shares.get(tree.shareId)!, { audience });
  return { ground, ada, bob, tree, id, allow };
}

test('whoever is taken out of the audience gets no more of what they were fetching', async () => {
  const { ground, ada, bob, id, allow } = await underWay();
  const before = bob.snapshot(id)!.doneBytes;
  allow({ type: 'chosen', userIds: [ada.userId] });
  await ada.serving.narrowed();
  expect(ada.snapshots()).toEqual([]);
  await ground.until(() => bob.snapshot(id)!.status === 'failed');
  expect(bob.snapshot(id)!.problem).toEqual({ code: 'not-shared' });
  // What was on its way has come.
  expect(bob.snapshot(id)!.doneBytes).toBeLessThanOrEqual(before + 2 * MIB);
});

test('what is not shared any more is served to nobody any more', async () => {
  const { ground, ada, bob, tree, id } = await underWay();
  ada.shares.remove(tree.shareId);
  await ada.serving.narrowed();
  await ground.until(() => bob.snapshot(id)!.status === 'failed');
  expect(bob.snapshot(id)!.problem).toEqual({ code: 'not-shared' });
});

test('whoever may still have it goes on undisturbed', async () => {
  const { ground, ada, bob, id, allow } = await underWay();
  allow({ type: 'chosen', userIds: [bob.userId] });
  await ada.serving.narrowed();
  expect(ada.snapshots()).toHaveLength(1);
  await ground.until(() => bob.snapshot(id)!.status === 'done');
});

test('whoever asks in the very moment in which it is narrowed is not served', async () => {
  const ground = await CatalogGround.start();
  const [ada, bob] = [await ground.join('ada'), await ground.join('bob')];
  const tree = await ada.share('plans', { 'small.bin': random.bytes(1000) }, { isVerified: false });
  const { at } = ada.shares;
  let narrowed: Promise<void> | undefined;
  ada.shares.at = async (...place) => {
    const found = await at.apply(ada.shares, place);
    Object.assign(ada.shares.get(tree.shareId)!, { audience: { type: 'chosen', userIds: [ada.userId] } });
    narrowed ??= ada.serving.narrowed();
    return found;
  };
  const id = await bob.downloads.download(tree.place('small.bin'));
  await ground.until(() => bob.snapshot(id)!.status === 'failed');
  expect(bob.snapshot(id)!.doneBytes).toBe(0);
  await narrowed;
});
