// Who gets what was downloaded, from whoever downloaded it: those alone who may see where it came from.
import type { ContentId, Holding } from '@ferry/shared';
import { seededRandom } from '@ferry/webrtc-core/testing';
import { describe, expect, test } from 'vitest';
import { CatalogGround, digest, type Participant } from './catalog.testing-ground.ts';
import { hashFile } from './file-hashing.ts';

const MIB = 1024 * 1024;
const MINUTE = 60_000;
const random = seededRandom(23);
const file = random.bytes(6 * MIB);

const onlyFor = (...people: Participant[]) => ({
  audience: { type: 'chosen' as const, userIds: people.map(({ userId }) => userId) },
});

/** Ada shares a file with bob alone; mallory lists it for everyone, and has another one. */
async function trueAndClaimed(bytes = file) {
  const ground = await CatalogGround.start();
  const [ada, bob, mallory] = [await ground.join('ada'), await ground.join('bob'), await ground.join('mallory')];
  const secret = await ada.share('plans', { 'true.bin': bytes }, onlyFor(bob));
  const { contentId } = await hashFile(new Blob([bytes as Uint8Array<ArrayBuffer>]), async () => {});
  const claim = await mallory.share('bait', {});
  await mallory.write(claim.shareId, 'bait.bin', random.bytes(bytes.length), { claims: contentId });
  const told = (who: Participant): string[][] =>
    (ground.server.holdings.get(who.deviceId) ?? []).map(({ shares }) => shares.map(([shareId]) => shareId));
  const fetched = async (who: Participant, place: Parameters<Participant['downloads']['download']>[0]) => {
    const id = await who.downloads.download(place);
    await ground.until(() => who.snapshot(id)?.status === 'done');
    return id;
  };
  return { ground, ada, bob, mallory, secret, claim, contentId, told, fetched };
}

/** What a device would have told of a content that it has from a share. */
function holding(contentId: ContentId, shareId: string, owner: Participant): Holding {
  return { shares: [[shareId, owner.userId]], contentIds: [contentId] };
}

describe('a device that has downloaded a file', () => {
  test('tells the shares that it came from, and none that only listed it', async () => {
    const { ground, bob, secret, claim, told, fetched } = await trueAndClaimed();
    // At the place that lies: what came, came from elsewhere.
    await fetched(bob, claim.place('bait.bin'));
    await ground.until(() => told(bob).length > 0);
    expect(told(bob)).toEqual([[secret.shareId]]);
  });

  test('gives nothing to whoever only claims to have it', async () => {
    const { ground, bob, mallory, secret, claim, told, fetched } = await trueAndClaimed();
    await fetched(bob, secret.place('true.bin'));
    await ground.until(() => told(bob).length > 0);
    // Mallory asks for what mallory lists, from another device.
    const accomplice = await ground.join('accomplice');
    const id = await accomplice.downloads.download(claim.place('bait.bin'));
    await ground.pass(2 * MINUTE);
    expect(accomplice.snapshot(id)!.doneBytes).toBe(0);
    expect(accomplice.snapshot(id)!.sources.map(({ user }) => user.username)).toEqual([mallory.username]);
  });

  test('gives nothing by leave of a share that it did not come from, even when the server signs it', async () => {
    const { ground, bob, mallory, secret, claim, contentId, told, fetched } = await trueAndClaimed();
    await fetched(bob, secret.place('true.bin'));
    await ground.until(() => told(bob).length > 0);
    ground.server.holdings.set(bob.deviceId, [holding(contentId, claim.shareId, mallory)]);
    const accomplice = await ground.join('accomplice');
    const id = await accomplice.downloads.download(claim.place('bait.bin'));
    await ground.until(() => accomplice.table.receiving(id)!.transfer.sources.some((one) => one.refusal !== undefined));
    const asked = accomplice.table.receiving(id)!.transfer.sources.find(({ peerId }) => peerId === bob.deviceId);
    expect(asked).toMatchObject({ status: 'refused', movedBytes: 0 });
    await ground.pass(2 * MINUTE);
    expect(accomplice.snapshot(id)!.doneBytes).toBe(0);
  });

  test('tells all shares that gave some of it, and gives it to those who see all of them', async () => {
    const { ground, ada, bob, secret, told, fetched } = await trueAndClaimed(random.bytes(24 * MIB));
    const carol = await ground.join('carol');
    const bytes = ada.shares.get(secret.shareId)!.files.get('true.bin')!.file;
    const copy = new Uint8Array(await bytes.arrayBuffer());
    const open = await carol.share('mine', { 'copy.bin': copy });
    // Mallory sends something, too, which is not what it should be.
    const id = await fetched(bob, secret.place('true.bin'));
    expect(bob.snapshot(id)!.sources.filter(({ movedBytes }) => movedBytes > 0)).toHaveLength(3);
    await ground.until(() => told(bob)[0]?.length === 2);
    expect(told(bob)).toEqual([[secret.shareId, open.shareId].sort()]);
    const [eve, dave] = [await ground.join('eve'), await ground.join('dave')];
    const audience = { type: 'chosen' as const, userIds: [bob.userId, dave.userId] };
    ground.server.shares.get(secret.shareId)!.audience = audience;
    ada.leave();
    carol.leave();
    const [refused, given] = [eve, dave].map((who) => who.downloads.download(open.place('copy.bin')));
    const of = (await given)!;
    await ground.until(() => dave.snapshot(of)?.status === 'done');
    expect(Object.values(await dave.contents(of))).toEqual([digest(copy)]);
    expect(eve.snapshot((await refused)!)!.doneBytes).toBe(0);
  });

  test('knows where it came from also after a restart in the middle', async () => {
    const { ground, ada, bob, secret, told } = await trueAndClaimed(random.bytes(24 * MIB));
    const id = await bob.downloads.download(secret.place('true.bin'));
    await ground.until(() => bob.snapshot(id)!.doneBytes > 4 * MIB);
    bob.leave();
    // From here on it comes from another share alone.
    const bytes = ada.shares.get(secret.shareId)!.files.get('true.bin')!.file;
    const carol = await ground.join('carol');
    const open = await carol.share('mine', { 'copy.bin': new Uint8Array(await bytes.arrayBuffer()) });
    ada.leave();
    await bob.start();
    await ground.until(() => bob.snapshot(id)?.status === 'done');
    await ground.until(() => told(bob)[0]?.length === 2);
    expect(told(bob)).toEqual([[secret.shareId, open.shareId].sort()]);
  });

  test('passes on nothing of what an older version downloaded, which did not note where it came from', async () => {
    const { ground, bob, secret, contentId, told, fetched } = await trueAndClaimed();
    const id = await fetched(bob, secret.place('true.bin'));
    await ground.until(() => bob.received.get(id)?.endedAt != null && told(bob).length > 0);
    const { cameFrom: _, ...older } = bob.received.get(id)!.catalog!;
    await bob.received.change(id, { catalog: older as NonNullable<ReturnType<typeof bob.received.get>>['catalog'] });
    bob.leave();
    await bob.start();
    await ground.until(() => told(bob).length === 0);
    expect(await bob.held.find(contentId, [secret.shareId])).toBeUndefined();
  });
});

describe('whoever is served what another one downloaded', () => {
  /** Bob has all of it, ada is gone, and carol gets it from bob, slowly. */
  async function underWay() {
    const all = await trueAndClaimed(random.bytes(24 * MIB));
    const { ground, ada, bob, secret, told, fetched } = all;
    await fetched(bob, secret.place('true.bin'));
    await ground.until(() => told(bob).length > 0);
    const carol = await ground.join('carol');
    const audience = (...people: Participant[]) => {
      ground.server.shares.get(secret.shareId)!.audience = onlyFor(...people).audience;
    };
    audience(bob, carol);
    ada.leave();
    await bob.serving.setSettings({ ...bob.serving.settings, bytesPerSecond: MIB / 32 });
    const id = await carol.downloads.download(secret.place('true.bin'));
    await ground.until(() => carol.snapshot(id)!.doneBytes > 0);
    return { ...all, carol, id, audience };
  }

  test('gets no more once leave is over that is not given again, whatever the holder knows', async () => {
    const { ground, bob, carol, id, audience } = await underWay();
    audience(bob);
    await ground.pass(7 * MINUTE);
    const before = carol.snapshot(id)!.doneBytes;
    expect(bob.snapshots().filter(({ direction }) => direction === 'send')).toEqual([]);
    await ground.pass(3 * MINUTE);
    expect(carol.snapshot(id)!.doneBytes).toBe(before);
    expect(before).toBeLessThan(16 * MIB);
  }, 60_000);

  test('goes on with fresh leave otherwise', async () => {
    const { ground, bob, carol, id } = await underWay();
    await ground.pass(7 * MINUTE);
    const before = carol.snapshot(id)!.doneBytes;
    await bob.serving.setSettings({ ...bob.serving.settings, bytesPerSecond: null });
    await ground.until(() => carol.snapshot(id)!.status === 'done');
    expect(carol.snapshot(id)!.movedBytes).toBeLessThan(before + 24 * MIB);
  }, 60_000);

  test('gets nothing of what comes from a share that is not for them, while it is still coming', async () => {
    const bytes = random.bytes(40 * MIB);
    const ground = await CatalogGround.start();
    const [ada, bob, carol] = [await ground.join('ada'), await ground.join('bob'), await ground.join('carol')];
    const open = await ada.share('open', { 'a.bin': bytes });
    await ada.serving.setSettings({ ...ada.serving.settings, bytesPerSecond: MIB / 4 });
    // Dave has the same for bob alone, and gives nothing yet.
    const dave = await ground.join('dave');
    const hidden = await dave.share('hidden', { 'b.bin': bytes }, onlyFor(bob));
    await dave.serving.setSettings({ ...dave.serving.settings, isPaused: true });
    const first = await bob.downloads.download(open.place('a.bin'));
    await ground.until(() => ground.server.heldBy(bob.deviceId).length > 0);
    const second = await carol.downloads.download(open.place('a.bin'));
    const fromBob = () => carol.snapshot(second)!.sources.find(({ user }) => user.username === 'bob')?.movedBytes ?? 0;
    await ground.until(() => fromBob() > 0);
    await dave.serving.setSettings({ ...dave.serving.settings, isPaused: false });
    const fromDave = () => bob.snapshot(first)!.sources.find(({ user }) => user.username === 'dave')!.movedBytes;
    await ground.until(() => fromDave() > 0);
    await ground.pass(1000);
    const before = fromBob();
    await ground.until(() => bob.snapshot(first)!.status === 'done');
    await ground.pass(MINUTE);
    expect(fromBob()).toBe(before);
    expect(
      ground.server.holdings
        .get(bob.deviceId)![0]!
        .shares.map(([id]) => id)
        .sort(),
    ).toEqual([open.shareId, hidden.shareId].sort());
  }, 60_000);
});
