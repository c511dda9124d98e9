// Asking one device for what nobody announced.
import { describe, expect, test } from 'vitest';
import { CHUNK_BYTES } from './content/chunk.ts';
import { MemoryStores } from './stores/memory-store.ts';
import { done, fetchFrom, isWhole, origin, SUMMARY, serves } from './testing/asking-ground.ts';
import { ExchangeGround, sameContents, storedContents } from './testing/exchange-ground.ts';
import { identified, part } from './testing/identified-bundle.ts';
import { type MemoryBundle, memoryBundle } from './testing/memory-bundle.ts';

const SIZES = [0, 1, 1000, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES + 7];

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

  test('what is kept in stores of its own is in no others', async () => {
    const ground = new ExchangeGround();
    const [alice, bob] = [ground.join('alice'), ground.join('bob')];
    const bundle = await identified(memoryBundle(SIZES, 5));
    serves(alice, { it: bundle });
    const stores = new MemoryStores();
    const receiver = await bob.exchange.fetch({ summary: SUMMARY, sources: [origin('alice')], stores });
    await ground.clock.runUntil(() => receiver.manifest !== undefined);
    await receiver.accept();
    await done(ground, receiver);
    expect([await stores.list(), await bob.stores.list()]).toEqual([[receiver.transfer], []]);
    expect(sameContents(await storedContents(stores, receiver), bundle.contents)).toBe(true);
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
