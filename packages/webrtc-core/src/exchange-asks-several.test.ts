// Several devices give what one of them, or none, was the origin of.
import { describe, expect, test } from 'vitest';
import { CHUNK_BYTES } from './content/chunk.ts';
import { copy, done, fetchFrom, isWhole, origin, SUMMARY, serves, statuses } from './testing/asking-ground.ts';
import { ExchangeGround } from './testing/exchange-ground.ts';
import { identified, part, partly } from './testing/identified-bundle.ts';
import { memoryBundle } from './testing/memory-bundle.ts';

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

  test('who never tells the hashes does not keep others from giving, and who tells them late gives, too', async () => {
    const { ground, bob, bundle, servers, sources } = await threeOwners();
    const late = Promise.withResolvers<void>();
    const { chunkHashes } = bundle;
    const never = new Promise<undefined>(() => {});
    servers[0]!.offered.it = { ...bundle, chunkHashes: () => never };
    servers[1]!.offered.it = { ...bundle, chunkHashes: (entry) => late.promise.then(() => chunkHashes!(entry)) };
    servers[2]!.offered.it = { ...bundle, chunkHashes: () => never };
    const receiver = await fetchFrom(ground, bob, sources);
    await ground.clock.runUntil(() => receiver.isStarved);
    late.resolve();
    await done(ground, receiver);
    expect(await isWhole(bob, receiver, bundle)).toBe(true);
    expect(receiver.sources[1]!.movedBytes).toBe(33 * CHUNK_BYTES);
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
    const damaged = new Map<string, number>();
    receiver.events.on('damaged', ({ peerId, chunk }) => damaged.set(peerId, chunk));
    await ground.clock.runUntil(() => receiver.state.status === 'failed');
    expect(receiver.state).toMatchObject({ by: 'me', code: 'chunk-corrupt' });
    // Of whom the hashes were wrong it is said as of whom a chunk was.
    expect(Object.fromEntries(damaged)).toEqual({ alice: 0, carol: 0, dave: 0 });
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
