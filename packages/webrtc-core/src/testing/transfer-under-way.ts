// A transfer between two people that has begun, for tests of what may happen then. Knows the exchange, no browser.
import { expect } from 'vitest';
import { CHUNK_BYTES } from '../content/chunk.ts';
import type { Receiver } from '../transfer/receiver.ts';
import { ExchangeGround, type Party, sameContents, storedContents } from './exchange-ground.ts';
import { memoryBundle } from './memory-bundle.ts';

export const ABOUT = { title: 'x', itemCount: 1 };
/** Of some files, most of them small. */
export const SIZES = [CHUNK_BYTES + 1, 0, ...Array<number>(60).fill(30_000)];

/** A transfer from alice to bob that bob has just accepted. */
export async function accepted(sizes: readonly number[], { seed = 5, ground = new ExchangeGround() } = {}) {
  const [alice, bob] = [ground.join('alice'), ground.join('bob')];
  const bundle = memoryBundle(sizes, seed);
  const outgoing = alice.announce(bundle, ABOUT, ['bob']);
  const receiver = await ground.nextIncoming(bob);
  await receiver.accept();
  return { ground, alice, bob, bundle, outgoing, receiver };
}

/** One of which a third is held. */
export async function underWay(sizes = SIZES) {
  const world = await accepted(sizes);
  const { ground, receiver } = world;
  await ground.clock.runUntil(() => receiver.held!.count >= receiver.held!.length / 3);
  return world;
}

/** One over a network that damages half of what it carries. */
export function acceptedOverDamage() {
  const ground = new ExchangeGround(4, { corruptChance: 0.5 });
  return accepted([20_000, ...Array<number>(6).fill(CHUNK_BYTES)], { seed: 4, ground });
}

export async function expectArrived(bob: Party, receiver: Receiver, contents: readonly Uint8Array[]): Promise<void> {
  expect(sameContents(await storedContents(bob.stores, receiver), contents)).toBe(true);
}
