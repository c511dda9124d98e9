import { seededRandom } from '@ferry/webrtc-core/testing';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SERVING } from '../../adapters/catalog-contract.ts';
import { CatalogGround, type Participant } from './catalog.testing-ground.ts';

const MIB = 1024 * 1024;
const random = seededRandom(11);

/** One who shares a large and a small file, with one slot, and some who want them. */
async function sharedWith(...names: string[]) {
  const ground = await CatalogGround.start();
  const ada = await ground.join('ada');
  await ada.serving.setSettings({ ...DEFAULT_SERVING, slots: 1 });
  const guests: Participant[] = [];
  for (const name of names) guests.push(await ground.join(name));
  const files = {
    'large.bin': random.bytes(12 * MIB),
    'small.bin': random.bytes(1000),
    'other.bin': random.bytes(MIB),
  };
  const tree = await ada.share('plans', files, { isVerified: false });
  const rows = () => ada.snapshots().map(({ peer, title, status }) => `${peer.username} ${title} ${status}`);
  return { ground, ada, guests, tree, rows };
}

describe('one slot', () => {
  test('is for one person at a time; others see their place, and come next', async () => {
    const { ground, ada, guests, tree, rows } = await sharedWith('bob', 'eve');
    const [bob, eve] = guests as [Participant, Participant];
    const first = await bob.downloads.download(tree.place('large.bin'));
    await ground.until(() => bob.snapshot(first)!.doneBytes > 0);
    const second = await eve.downloads.download(tree.place('large.bin'));
    await ground.until(() => eve.snapshot(second)?.sources[0]?.status === 'queued');
    expect(eve.snapshot(second)).toMatchObject({ status: 'paused', pausedBy: 'peer', pauseReason: 'queue' });
    expect(eve.snapshot(second)!.sources[0]!.place).toMatchObject({ position: 1, waiting: 1, slots: 1 });
    expect(eve.snapshot(second)!.doneBytes).toBe(0);
    expect(rows()).toEqual(['bob large.bin serving', 'eve large.bin paused']);
    await ground.until(() => bob.snapshot(first)!.status === 'done');
    await ground.until(() => eve.snapshot(second)!.status === 'done');
    expect(ada.serving.snapshot.downloadCounts).toEqual({ [tree.shareId]: 2 });
  });

  test('does not keep a small file waiting', async () => {
    const { ground, guests, tree } = await sharedWith('bob', 'eve');
    const [bob, eve] = guests as [Participant, Participant];
    const first = await bob.downloads.download(tree.place('large.bin'));
    await ground.until(() => bob.snapshot(first)!.doneBytes > 0);
    const second = await eve.downloads.download(tree.place('small.bin'));
    await ground.until(() => eve.snapshot(second)!.status === 'done');
    expect(bob.snapshot(first)!.status).toBe('fetching');
  });

  test('is free at once when whoever had it closes the browser', async () => {
    const { ground, guests, tree } = await sharedWith('bob', 'eve');
    const [bob, eve] = guests as [Participant, Participant];
    const first = await bob.downloads.download(tree.place('large.bin'));
    await ground.until(() => bob.snapshot(first)!.doneBytes > 0);
    const second = await eve.downloads.download(tree.place('large.bin'));
    await ground.until(() => eve.snapshot(second)?.sources[0]?.status === 'queued');
    bob.leave();
    await ground.until(() => eve.snapshot(second)!.status === 'done');
  });
});

test('somebody who is gone for two minutes is forgotten', async () => {
  const { ground, guests, tree, rows } = await sharedWith('bob');
  const [bob] = guests as [Participant];
  const id = await bob.downloads.download(tree.place('large.bin'));
  await ground.until(() => bob.snapshot(id)!.doneBytes > 0);
  bob.leave();
  await ground.pass(60_000);
  expect(rows()).toEqual(['bob large.bin stalled']);
  await ground.pass(62_000);
  expect(rows()).toEqual([]);
  await bob.start();
  await ground.until(() => bob.snapshot(id)!.status === 'done');
});

describe('the owner', () => {
  test('may pause all of it, and whoever asks waits', async () => {
    const { ground, ada, guests, tree } = await sharedWith('bob');
    const [bob] = guests as [Participant];
    await ada.serving.setSettings({ ...ada.serving.settings, isPaused: true });
    const id = await bob.downloads.download(tree.place('small.bin'));
    await ground.until(() => bob.snapshot(id)!.status === 'paused');
    expect(bob.snapshot(id)).toMatchObject({ pausedBy: 'peer', pauseReason: 'user', doneBytes: 0 });
    await ada.serving.setSettings({ ...ada.serving.settings, isPaused: false });
    await ground.until(() => bob.snapshot(id)!.status === 'done');
  });

  test('may pause one of them, which takes no slot meanwhile', async () => {
    const { ground, ada, guests, tree } = await sharedWith('bob', 'eve');
    const [bob, eve] = guests as [Participant, Participant];
    const first = await bob.downloads.download(tree.place('large.bin'));
    await ground.until(() => bob.snapshot(first)!.doneBytes > 0);
    ada.serving.setPaused(first, true);
    const second = await eve.downloads.download(tree.place('large.bin'));
    await ground.until(() => eve.snapshot(second)!.status === 'done');
    expect(bob.snapshot(first)!.status).toBe('paused');
    ada.serving.setPaused(first, false);
    await ground.until(() => bob.snapshot(first)!.status === 'done');
  });

  test('may end one of them, which does not come back by itself', async () => {
    const { ground, ada, guests, tree, rows } = await sharedWith('bob');
    const [bob] = guests as [Participant];
    const id = await bob.downloads.download(tree.place('large.bin'));
    await ground.until(() => bob.snapshot(id)!.doneBytes > 0);
    ada.table.sending(id)!.transfer.cancel();
    await ground.until(() => bob.snapshot(id)!.status === 'failed');
    expect(bob.snapshot(id)!.problem).toEqual({ code: 'not-shared' });
    await ground.pass(62_000);
    expect(rows()).toEqual([]);
  });

  test('may bound how fast it goes', async () => {
    const { ground, ada, guests, tree } = await sharedWith('bob');
    const [bob] = guests as [Participant];
    await ada.serving.setSettings({ ...ada.serving.settings, bytesPerSecond: MIB });
    const id = await bob.downloads.download(tree.place('large.bin'));
    await ground.until(() => bob.snapshot(id)!.status === 'fetching');
    const startedMs = ground.clock.now();
    await ground.until(() => bob.snapshot(id)!.status === 'done');
    expect(ground.clock.now() - startedMs).toBeGreaterThan(11_000);
    expect(ground.clock.now() - startedMs).toBeLessThan(16_000);
  });

  test('stops sharing, and nobody is served anew', async () => {
    const { ground, ada, guests, tree } = await sharedWith('bob');
    const [bob] = guests as [Participant];
    const request = tree.place('small.bin');
    ada.shares.remove(tree.shareId);
    const id = await bob.downloads.download(request);
    await ground.until(() => bob.snapshot(id)!.status === 'failed');
  });
});

test('more than twenty of one person are asked again later, and all come in the end', async () => {
  const { ground, ada, guests } = await sharedWith('bob');
  const [bob] = guests as [Participant];
  const files = Object.fromEntries(Array.from({ length: 24 }, (_, index) => [`${index}.bin`, random.bytes(600_000)]));
  const tree = await ada.share('many', files, { isVerified: false });
  await ada.serving.setSettings({ ...ada.serving.settings, isPaused: true });
  const ids = await Promise.all(Object.keys(files).map((path) => bob.downloads.download(tree.place(path))));
  const refused = () => ids.filter((id) => bob.table.receiving(id)?.transfer.sources[0]?.refusal === 'queue-full');
  await ground.until(() => refused().length === 4);
  expect(ada.snapshots()).toHaveLength(20);
  await ada.serving.setSettings({ ...ada.serving.settings, isPaused: false });
  await ground.until(() => ids.every((id) => bob.snapshot(id)?.status === 'done'));
});
