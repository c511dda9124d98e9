// A file that is not at its origin any more as it was when it was asked for.
import { describe, expect, test } from 'vitest';
import { CHUNK_BYTES } from './content/chunk.ts';
import type { Bundle } from './content/source.ts';
import { ContentError } from './errors.ts';
import { done, fetchFrom, origin, serves } from './testing/asking-ground.ts';
import { ExchangeGround, sameContents, storedContents } from './testing/exchange-ground.ts';
import { identified } from './testing/identified-bundle.ts';
import { type MemoryBundle, memoryBundle } from './testing/memory-bundle.ts';

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
