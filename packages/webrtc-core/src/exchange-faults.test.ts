// The exchange over a network whose faults are drawn from a seed. A test's name has the seed: run it alone
// to see the same faults again.
import { describe, expect, test } from 'vitest';
import { CHUNK_BYTES } from './content/chunk.ts';
import { ExchangeGround, sameContents, storedContents } from './testing/exchange-ground.ts';
import { memoryBundle } from './testing/memory-bundle.ts';
import { seededRandom } from './testing/random.ts';
import type { Faults } from './testing/simulated-network.ts';
import type { Receiver } from './transfer/receiver.ts';

const ABOUT = { title: 'x', itemCount: 1 };

/** Sizes of a bundle: many small files, some of several chunks, some empty. */
function sizesFrom(seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: 1 + random.below(12) }, () => {
    if (random.chance(0.1)) return 0;
    return random.chance(0.3) ? random.below(3 * CHUNK_BYTES) : 1 + random.below(100_000);
  });
}

/** Moves a bundle through the faults and checks every byte. */
async function survive(seed: number, faults: Faults) {
  const ground = new ExchangeGround(seed, faults);
  const [alice, bob] = [ground.join('alice'), ground.join('bob')];
  const bundle = memoryBundle(sizesFrom(seed), seed);
  const outgoing = alice.exchange.announce(bundle, ABOUT, ['bob']);
  const receiver = await ground.nextIncoming(bob);
  await receiver.accept();
  await ground.bothDone(outgoing, () => receiver);
  expect(sameContents(await storedContents(bob.stores, receiver), bundle.contents)).toBe(true);
  for (const { exchange } of [alice, bob]) exchange.close();
  ground.clock.advance(60_000);
  expect(ground.clock.pendingCount).toBe(0);
  return ground.network;
}

const SEEDS = Array.from({ length: 12 }, (_, index) => index + 1);

describe('every byte arrives over links that', () => {
  test.each(SEEDS)('break, seed %i', async (seed) => {
    await survive(seed, { breakChance: 0.02 });
  });

  test.each(SEEDS)('stall, seed %i', async (seed) => {
    await survive(seed, { stallChance: 0.05 });
  });

  test.each(SEEDS)('flip bits, seed %i', async (seed) => {
    await survive(seed, { corruptChance: 0.1, corruptAtMost: 2 });
  });

  test.each(SEEDS)('do all of it, seed %i', async (seed) => {
    await survive(seed, { breakChance: 0.01, stallChance: 0.02, corruptChance: 0.05, corruptAtMost: 2 });
  });
});

test('the faults do happen', async () => {
  const counts = { breaks: 0, stalls: 0, corruptions: 0 };
  for (const seed of [3, 5, 8]) {
    const faults = { breakChance: 0.02, stallChance: 0.05, corruptChance: 0.1, corruptAtMost: 2 };
    const { breakCount, stallCount, corruptCount } = await survive(seed, faults);
    counts.breaks += breakCount;
    counts.stalls += stallCount;
    counts.corruptions += corruptCount;
  }
  for (const [fault, count] of Object.entries(counts)) expect(count, fault).toBeGreaterThan(1);
});

test('a source that goes on sending damaged bytes is dropped, and what was verified stays', async () => {
  const ground = new ExchangeGround(4, { corruptChance: 0.5 });
  const [alice, bob] = [ground.join('alice'), ground.join('bob')];
  const bundle = memoryBundle([20_000, ...Array<number>(6).fill(CHUNK_BYTES)], 4);
  const outgoing = alice.exchange.announce(bundle, ABOUT, ['bob']);
  const receiver = await ground.nextIncoming(bob);
  await receiver.accept();
  await ground.clock.runUntil(() => [outgoing, receiver].every(({ state }) => state.status === 'failed'));
  expect([outgoing.state, receiver.state]).toMatchObject([{ code: 'chunk-corrupt' }, { code: 'chunk-corrupt' }]);
});

test.each(SEEDS)('a receiver that is reloaded again and again loses nothing it held, seed %i', async (seed) => {
  const ground = new ExchangeGround(seed, { breakChance: 0.005 });
  const alice = ground.join('alice');
  let bob = ground.join('bob');
  const bundle = memoryBundle([...sizesFrom(seed), 6 * CHUNK_BYTES], seed);
  const outgoing = alice.exchange.announce(bundle, ABOUT, ['bob']);
  let receiver: Receiver = await ground.nextIncoming(bob);
  await receiver.accept();
  const random = seededRandom(seed);
  for (let reload = 0; reload < 4; reload++) {
    const until = ground.clock.now() + random.below(60);
    await ground.clock.runUntil(() => receiver.state.status === 'done' || ground.clock.now() > until);
    if (receiver.state.status === 'done') break;
    const { transfer, summary, chosen, chosenRuns, held } = receiver;
    const heldBefore = held!.count;
    bob = ground.rejoin(bob);
    const remembered = { transfer, peerId: 'alice', summary, chosen: chosen!, chosenRuns: [...chosenRuns] };
    receiver = await bob.exchange.restore(remembered);
    expect(receiver.held!.count).toBeGreaterThanOrEqual(heldBefore);
  }
  await ground.bothDone(outgoing, () => receiver);
  expect(sameContents(await storedContents(bob.stores, receiver), bundle.contents)).toBe(true);
});

test('several transfers share a link that breaks, in both directions', async () => {
  const ground = new ExchangeGround(9, { breakChance: 0.01 });
  const [alice, bob] = [ground.join('alice'), ground.join('bob')];
  const sends = [1, 2, 3, 4].map((seed) => {
    const [from, to] = seed % 2 ? [alice, bob] : [bob, alice];
    const bundle = memoryBundle(sizesFrom(seed), seed);
    return { to, bundle, outgoing: from.exchange.announce(bundle, ABOUT, [to.name]) };
  });
  await ground.clock.runUntil(() => alice.incoming.length === 2 && bob.incoming.length === 2);
  for (const receiver of [...alice.incoming, ...bob.incoming]) await receiver.accept();
  await ground.clock.runUntil(() => sends.every(({ outgoing }) => outgoing.state.status === 'done'));
  for (const { to, bundle, outgoing } of sends) {
    const receiver = to.incoming.find(({ transfer }) => transfer === outgoing.transfer)!;
    await ground.clock.runUntil(() => receiver.state.status === 'done');
    expect(sameContents(await storedContents(to.stores, receiver), bundle.contents)).toBe(true);
  }
});
