import { describe, expect, test } from 'vitest';
import { CHUNK_BYTES } from './content/chunk.ts';
import type { Bundle } from './content/source.ts';
import { ContentError } from './errors.ts';
import { ExchangeGround, type Party, sameContents, storedContents } from './testing/exchange-ground.ts';
import { identified, part, partly } from './testing/identified-bundle.ts';
import { type MemoryBundle, memoryBundle } from './testing/memory-bundle.ts';
import type { Asked, SourceOptions } from './transfer/asking.ts';
import type { Outgoing } from './transfer/outgoing.ts';
import type { Receiver } from './transfer/receiver.ts';

const SUMMARY = { title: 'x', itemCount: 1, entryCount: 1, totalBytes: 1 };
const SIZES = [0, 1, 1000, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES + 7];

/** Serves what is asked for by name, and keeps what became of it. */
function serves(party: Party, offered: Record<string, Bundle>) {
  const served: Outgoing[] = [];
  const asks: Asked[] = [];
  party.exchange.events.on('asked', (asked) => {
    asks.push(asked);
    const bundle = offered[asked.reference];
    if (bundle) served.push(asked.serve(bundle, { title: asked.reference, itemCount: 1 }));
    else asked.refuse('not-found');
  });
  return { served, asks, offered };
}

const origin = (peerId: string, reference = 'it'): SourceOptions => ({
  peerId,
  reference: async () => reference,
  isOrigin: true,
});
const copy = (peerId: string, reference = 'it'): SourceOptions => ({ ...origin(peerId, reference), isOrigin: false });

async function fetchFrom(ground: ExchangeGround, party: Party, sources: SourceOptions[]): Promise<Receiver> {
  const receiver = await party.exchange.fetch({ summary: SUMMARY, sources });
  await ground.clock.runUntil(() => receiver.manifest !== undefined);
  await receiver.accept();
  return receiver;
}

const done = (ground: ExchangeGround, receiver: Receiver) =>
  ground.clock.runUntil(() => receiver.state.status === 'done');
const isWhole = async (party: Party, receiver: Receiver, bundle: MemoryBundle) =>
  sameContents(await storedContents(party.stores, receiver), bundle.contents);
const statuses = (receiver: Receiver) => receiver.sources.map(({ status }) => status);

describe('asking one device', () => {
  test.each([
    ['unverified', (bundle: MemoryBundle) => Promise.resolve(bundle)],
    ['verified', identified],
  ])('%s files arrive byte for byte, and both sides know', async (_, prepare) => {
    const ground = new ExchangeGround();
    const [alice, bob] = [ground.join('alice'), ground.join('bob')];
    const bundle = await prepare(memoryBundle(SIZES, 3));
    const { served } = serves(alice, { it: bundle });
    const receiver = await fetchFrom(ground, bob, [origin('alice')]);
    await done(ground, receiver);
    expect(await isWhole(bob, receiver, bundle)).toBe(true);
    expect(receiver.agreed?.isFull).toBe(true);
    await ground.clock.runUntil(() => served[0]?.state.status === 'done');
    expect(served[0]!.outcome).toMatchObject({ status: 'done', entryCount: SIZES.length });
    expect(receiver.summary).toMatchObject({ title: 'it', entryCount: SIZES.length });
  });

  test('some of its files only', async () => {
    const ground = new ExchangeGround();
    const [alice, bob] = [ground.join('alice'), ground.join('bob')];
    const bundle = await identified(memoryBundle(SIZES, 4));
    serves(alice, { it: bundle });
    const receiver = await bob.exchange.fetch({ summary: SUMMARY, sources: [origin('alice')] });
    await ground.clock.runUntil(() => receiver.manifest !== undefined);
    await receiver.accept([5, 2]);
    await done(ground, receiver);
    expect(await isWhole(bob, receiver, part(bundle, [2, 5]))).toBe(true);
  });

  test('one that refuses says why, and may be asked again', async () => {
    const ground = new ExchangeGround();
    const [alice, bob] = [ground.join('alice'), ground.join('bob')];
    const { offered, asks } = serves(alice, {});
    const receiver = await bob.exchange.fetch({ summary: SUMMARY, sources: [origin('alice')] });
    await ground.clock.runUntil(() => receiver.sources[0]!.status === 'refused');
    expect(receiver.sources[0]).toMatchObject({ refusal: 'not-found' });
    expect(receiver.peerIds).toEqual([]);
    offered.it = memoryBundle([5], 1);
    ground.clock.advance(120_000);
    expect(asks).toHaveLength(1);
    bob.exchange.askAgain(receiver, 'alice');
    await ground.clock.runUntil(() => receiver.manifest !== undefined);
  });

  test('one that nobody answers for refuses by itself', async () => {
    const ground = new ExchangeGround();
    ground.join('alice');
    const receiver = await ground.join('bob').exchange.fetch({ summary: SUMMARY, sources: [origin('alice')] });
    await ground.clock.runUntil(() => receiver.sources[0]!.status === 'refused');
  });

  test('without a reference now it is left alone until it is asked again', async () => {
    const ground = new ExchangeGround();
    const [alice, bob] = [ground.join('alice'), ground.join('bob')];
    const { asks } = serves(alice, { it: memoryBundle([5], 1) });
    let reference: string | undefined;
    const source = { peerId: 'alice', isOrigin: true, reference: async () => reference };
    const receiver = await bob.exchange.fetch({ summary: SUMMARY, sources: [source] });
    await ground.clock.settle();
    ground.clock.advance(60_000);
    await ground.clock.settle();
    expect([asks.length, receiver.sources[0]!.status]).toEqual([0, 'unreachable']);
    reference = 'it';
    bob.exchange.askAgain(receiver, 'alice');
    await ground.clock.runUntil(() => receiver.manifest !== undefined);
  });

  test('a queue shows its place, waits, and goes on', async () => {
    const ground = new ExchangeGround();
    const [alice, bob] = [ground.join('alice'), ground.join('bob')];
    const bundle = await identified(memoryBundle([20 * CHUNK_BYTES], 4));
    const { served } = serves(alice, { it: bundle });
    const receiver = await fetchFrom(ground, bob, [origin('alice')]);
    await ground.clock.runUntil(() => served[0]?.state.status === 'serving');
    served[0]!.pause('queue');
    served[0]!.tellPlace({ position: 2, waiting: 5, slots: 3 });
    await ground.clock.runUntil(() => receiver.sources[0]!.status === 'queued');
    await ground.clock.runUntil(() => receiver.sources[0]!.place !== undefined);
    expect(receiver.sources[0]!.place).toMatchObject({ position: 2, waiting: 5, slots: 3 });
    expect(receiver.state).toMatchObject({ status: 'paused', by: { me: null, peer: 'queue' } });
    const before = receiver.held!.count;
    ground.clock.advance(60_000);
    expect(receiver.held!.count).toBeLessThanOrEqual(before + 3);
    served[0]!.resume();
    await done(ground, receiver);
    expect(await isWhole(bob, receiver, bundle)).toBe(true);
  });

  test('a lost link is asked anew, each time with a fresh reference', async () => {
    const ground = new ExchangeGround();
    const [alice, bob] = [ground.join('alice'), ground.join('bob')];
    const bundle = await identified(memoryBundle([24 * CHUNK_BYTES], 4));
    const { asks } = serves(alice, { first: bundle, second: bundle });
    const references = ['first', 'second'];
    const source = { peerId: 'alice', isOrigin: true, reference: async () => references.shift() };
    const receiver = await fetchFrom(ground, bob, [source]);
    await ground.clock.runUntil(() => (receiver.held?.count ?? 0) > 5);
    ground.network.breakAll();
    await ground.clock.runUntil(() => receiver.state.status === 'stalled');
    await done(ground, receiver);
    expect(asks.map(({ reference }) => reference)).toEqual(['first', 'second']);
    expect(receiver.movedBytes).toBeLessThan(42 * CHUNK_BYTES);
    expect(await isWhole(bob, receiver, bundle)).toBe(true);
  });

  test('paused, it asks for nothing until it is resumed', async () => {
    const ground = new ExchangeGround();
    const [alice, bob] = [ground.join('alice'), ground.join('bob')];
    const bundle = await identified(memoryBundle([30 * CHUNK_BYTES], 4));
    const { served } = serves(alice, { it: bundle });
    const receiver = await fetchFrom(ground, bob, [origin('alice')]);
    await ground.clock.runUntil(() => (receiver.held?.count ?? 0) > 3);
    receiver.pause();
    await ground.clock.runUntil(() => served[0]!.state.status === 'paused');
    ground.network.breakAll();
    ground.clock.advance(60_000);
    await ground.clock.settle();
    ground.clock.advance(60_000);
    expect(receiver.state.status).toBe('paused');
    receiver.resume();
    await done(ground, receiver);
    expect(await isWhole(bob, receiver, bundle)).toBe(true);
  });

  test('cancelled, the other side is told and nothing is kept', async () => {
    const ground = new ExchangeGround();
    const [alice, bob] = [ground.join('alice'), ground.join('bob')];
    const { served } = serves(alice, { it: memoryBundle([30 * CHUNK_BYTES], 4) });
    const receiver = await fetchFrom(ground, bob, [origin('alice')]);
    await ground.clock.runUntil(() => (receiver.held?.count ?? 0) > 3);
    receiver.cancel();
    await ground.clock.runUntil(() => served[0]!.state.status === 'cancelled');
    ground.clock.advance(300_000);
    expect(ground.clock.pendingCount).toBe(0);
  });

  test('goes on after a restart with what is held', async () => {
    const ground = new ExchangeGround();
    const [alice, bob] = [ground.join('alice'), ground.join('bob')];
    const bundle = await identified(memoryBundle([30 * CHUNK_BYTES, 5], 4));
    serves(alice, { it: bundle });
    const receiver = await fetchFrom(ground, bob, [origin('alice')]);
    await ground.clock.runUntil(() => (receiver.held?.count ?? 0) > 9);
    const { transfer, chosenRuns, held } = receiver;
    const chosen = receiver.chosen!;
    const heldBefore = held!.count;
    bob.disk.accepted.clear();
    const again = await ground.restart(bob);
    const resumed = await again.exchange.fetch({
      transfer,
      summary: SUMMARY,
      sources: [origin('alice')],
      accepted: { chosen, chosenRuns },
    });
    expect(resumed.held!.count).toBeGreaterThanOrEqual(heldBefore);
    await done(ground, resumed);
    expect(resumed.movedBytes).toBeLessThan(22 * CHUNK_BYTES);
    expect(await isWhole(again, resumed, bundle)).toBe(true);
  });
});

describe('asking several', () => {
  async function threeOwners(size = 33 * CHUNK_BYTES) {
    const ground = new ExchangeGround();
    const parties = ['alice', 'carol', 'dave'].map((name) => ground.join(name));
    const bob = ground.join('bob');
    const bundle = await identified(memoryBundle([size], 5));
    const servers = parties.map((party) => serves(party, { it: bundle }));
    return { ground, bob, bundle, servers, sources: [origin('alice'), copy('carol'), copy('dave')] };
  }

  test('all of them give chunks, and each of them knows in the end', async () => {
    const { ground, bob, bundle, servers, sources } = await threeOwners();
    const receiver = await fetchFrom(ground, bob, sources);
    await done(ground, receiver);
    expect(await isWhole(bob, receiver, bundle)).toBe(true);
    for (const { movedBytes } of receiver.sources) expect(movedBytes).toBeGreaterThan(5 * CHUNK_BYTES);
    await ground.clock.runUntil(() => servers.every(({ served }) => served[0]?.state.status === 'done'));
  });

  test.each(['alice', 'carol'])('%s is lost in the middle, and nobody waits for them', async (lost) => {
    const { ground, bob, bundle, sources } = await threeOwners();
    const receiver = await fetchFrom(ground, bob, sources);
    await ground.clock.runUntil(() => statuses(receiver).every((status) => status === 'serving'));
    await ground.clock.runUntil(() => (receiver.held?.count ?? 0) > 8);
    ground.network.leave(lost);
    await done(ground, receiver);
    expect(await isWhole(bob, receiver, bundle)).toBe(true);
  });

  test('one without the file, or with another one of that name, is no source', async () => {
    const { ground, bob, bundle, servers, sources } = await threeOwners();
    servers[1]!.offered.it = await identified(memoryBundle([33 * CHUNK_BYTES], 6));
    servers[2]!.offered.it = memoryBundle([33 * CHUNK_BYTES], 5);
    const receiver = await fetchFrom(ground, bob, sources);
    await done(ground, receiver);
    expect(await isWhole(bob, receiver, bundle)).toBe(true);
    expect(receiver.sources.slice(1).map(({ movedBytes }) => movedBytes)).toEqual([0, 0]);
  });

  test('bytes that are not those of the content id are refused, and so is whoever sends them', async () => {
    const { ground, bob, bundle, servers, sources } = await threeOwners();
    const { manifest, chunkHashes } = bundle;
    // Says it has that content, and tells its hashes; what it sends is something else.
    const liar = memoryBundle([33 * CHUNK_BYTES], 66);
    servers[1]!.offered.it = { ...liar, manifest, chunkHashes: async () => undefined };
    servers[2]!.offered.it = { ...liar, manifest, chunkHashes: async () => (await chunkHashes!(0))!.map((b) => b ^ 1) };
    const receiver = await fetchFrom(ground, bob, sources);
    await done(ground, receiver);
    expect(await isWhole(bob, receiver, bundle)).toBe(true);
    // A few bad chunks may be an accident; wrong hashes are none.
    expect(receiver.sources[1]!.movedBytes).toBeLessThanOrEqual(3 * CHUNK_BYTES);
    expect(receiver.sources[2]!.movedBytes).toBeLessThanOrEqual(3 * CHUNK_BYTES);
    // The second one's own engine notices that it does not have what it says.
    expect(statuses(receiver).slice(1)).toEqual(['dropped', 'unreachable']);
  });

  test('when all of them lie, it fails with words, and a retry asks all anew', async () => {
    const { ground, bob, bundle, servers, sources } = await threeOwners(3 * CHUNK_BYTES);
    const { manifest, chunkHashes } = bundle;
    const wrong = async () => (await chunkHashes!(0))!.map((byte) => byte ^ 1);
    for (const { offered } of servers) offered.it = { ...bundle, manifest, chunkHashes: wrong };
    const receiver = await fetchFrom(ground, bob, sources);
    await ground.clock.runUntil(() => receiver.state.status === 'failed');
    expect(receiver.state).toMatchObject({ by: 'me', code: 'chunk-corrupt' });
    for (const { offered } of servers) offered.it = bundle;
    await receiver.retry();
    await done(ground, receiver);
    expect(await isWhole(bob, receiver, bundle)).toBe(true);
  });

  test('a file is fetched without its origin when what it is is known', async () => {
    const { ground, bob, bundle, sources } = await threeOwners();
    const { manifest } = bundle;
    const receiver = await bob.exchange.fetch({ summary: SUMMARY, manifest, sources: sources.slice(1) });
    await receiver.accept();
    await done(ground, receiver);
    expect(await isWhole(bob, receiver, bundle)).toBe(true);
  });

  test('copies in other places, under other names and in another order, give what they have', async () => {
    const ground = new ExchangeGround();
    const [alice, carol, bob] = [ground.join('alice'), ground.join('carol'), ground.join('bob')];
    const bundle = await identified(memoryBundle([9 * CHUNK_BYTES, 10, 0, 9 * CHUNK_BYTES + 1, 1000], 5));
    serves(alice, { it: bundle });
    serves(carol, { it: part(await identified(bundle, ['v', 'w', 'x', 'y', 'z']), [3, 0, 1]) });
    const receiver = await fetchFrom(ground, bob, [origin('alice'), copy('carol')]);
    await done(ground, receiver);
    expect(await isWhole(bob, receiver, bundle)).toBe(true);
    expect(receiver.sources[1]!.movedBytes).toBeGreaterThan(2 * CHUNK_BYTES);
  });

  test('whoever has only some of it gives that, and more as it comes', async () => {
    const ground = new ExchangeGround();
    const [alice, carol, bob] = [ground.join('alice'), ground.join('carol'), ground.join('bob')];
    const bundle = await identified(memoryBundle([40 * CHUNK_BYTES], 5));
    const partial = partly(bundle, (chunk) => chunk % 2 === 0);
    const { served } = serves(carol, { it: partial.bundle });
    const { manifest } = bundle;
    const receiver = await bob.exchange.fetch({ summary: SUMMARY, manifest, sources: [copy('carol')] });
    await ground.clock.settle();
    await receiver.accept();
    await ground.clock.runUntil(() => receiver.held?.count === 20);
    ground.clock.advance(10_000);
    expect([receiver.held!.count, receiver.state.status]).toEqual([20, 'fetching']);
    partial.add(7);
    await ground.clock.runUntil(() => receiver.held?.count === 21);
    serves(alice, { it: bundle });
    bob.exchange.addSource(receiver, origin('alice'));
    await done(ground, receiver);
    expect(await isWhole(bob, receiver, bundle)).toBe(true);
    await ground.clock.runUntil(() => served[0]!.state.status === 'done');
  });

  test('one that waits in a queue does not stop what the others give', async () => {
    const { ground, bob, bundle, servers, sources } = await threeOwners();
    const receiver = await fetchFrom(ground, bob, sources);
    await ground.clock.runUntil(() => servers[0]!.served[0]?.state.status === 'serving');
    servers[0]!.served[0]!.pause('queue');
    await ground.clock.runUntil(() => statuses(receiver)[0] === 'queued');
    expect(receiver.state.status).toBe('fetching');
    await done(ground, receiver);
    expect(await isWhole(bob, receiver, bundle)).toBe(true);
  });
});

describe('a file that changed at its origin', () => {
  async function changedMeanwhile(prepare: (bundle: MemoryBundle) => Promise<MemoryBundle>) {
    const ground = new ExchangeGround();
    const [alice, bob] = [ground.join('alice'), ground.join('bob')];
    const before = await prepare(memoryBundle([2 * CHUNK_BYTES, 30 * CHUNK_BYTES, 5], 5));
    const server = serves(alice, { it: before });
    const receiver = await fetchFrom(ground, bob, [origin('alice')]);
    await ground.clock.runUntil(() => (receiver.held?.count ?? 0) > 9);
    const { manifest } = before;
    const changed = { ...manifest.entries[1]!, modifiedMs: 77, contentId: undefined };
    server.offered.it = {
      ...before,
      manifest: { entries: [manifest.entries[0]!, changed, manifest.entries[2]!] },
    };
    return { ground, receiver, bob, before };
  }

  test.each([
    ['unverified', (bundle: MemoryBundle) => Promise.resolve(bundle)],
    ['verified', identified],
  ])('is found lost, and the %s rest is kept without it', async (_, prepare) => {
    const { ground, receiver, bob, before } = await changedMeanwhile(prepare);
    ground.network.breakAll();
    await ground.clock.runUntil(() => receiver.lostEntries.length > 0);
    expect(receiver.lostEntries).toEqual([1]);
    receiver.giveUp([1]);
    await done(ground, receiver);
    expect([0, 1, 2].map((entry) => receiver.agreed!.has(entry))).toEqual([true, false, true]);
    const kept = await storedContents(bob.stores, receiver).catch(() => undefined);
    expect(kept === undefined || sameContents([kept[0]!], [before.contents[0]!])).toBe(true);
    expect([receiver.givenUp, receiver.outcome]).toEqual([[1], undefined]);
  });

  test('while it is read, is asked for again, and then found lost', async () => {
    const ground = new ExchangeGround();
    const [alice, bob] = [ground.join('alice'), ground.join('bob')];
    const bundle = await identified(memoryBundle([5 * CHUNK_BYTES], 5));
    const failing: Bundle = {
      ...bundle,
      choose: () => ({ read: async () => Promise.reject(ContentError.sourceChanged(0)) }),
    };
    const server = serves(alice, { it: failing });
    const receiver = await fetchFrom(ground, bob, [origin('alice')]);
    await ground.clock.runUntil(() => receiver.state.status === 'stalled');
    const now = { ...bundle.manifest.entries[0]!, modifiedMs: 99, contentId: undefined };
    server.offered.it = { ...bundle, manifest: { entries: [now] } };
    await ground.clock.runUntil(() => receiver.lostEntries.length === 1);
  });
});

test('whoever asks for very much at once is told to come later', async () => {
  const ground = new ExchangeGround();
  const [alice, bob] = [ground.join('alice'), ground.join('bob')];
  const { asks } = serves(alice, { it: memoryBundle([5], 1) });
  const receivers = await Promise.all(
    Array.from({ length: 70 }, () => bob.exchange.fetch({ summary: SUMMARY, sources: [origin('alice')] })),
  );
  await ground.clock.runUntil(() =>
    receivers.every(({ sources }) => !['unreachable', 'asking'].includes(sources[0]!.status)),
  );
  expect(asks).toHaveLength(64);
  expect(receivers.filter(({ sources }) => sources[0]!.refusal === 'queue-full')).toHaveLength(6);
});
