// Both sides have everything and only one knows it: the last word is said again until both do.
import { describe, expect, test } from 'vitest';
import { CHUNK_BYTES } from './content/chunk.ts';
import { memoryBundle } from './testing/memory-bundle.ts';
import { underWay } from './testing/transfer-under-way.ts';

describe('the last word', () => {
  /** Both sides hold and agree, but the sender's answer never arrives. */
  async function lastWordLost() {
    const world = await underWay([CHUNK_BYTES, 9, 9]);
    const { ground, alice, outgoing, receiver } = world;
    alice.disk.onDelivered = () => ground.network.breakAll();
    await ground.clock.runUntil(() => outgoing.state.status === 'done');
    alice.disk.onDelivered = () => {};
    expect(receiver.state.status).toBe('stalled');
    return world;
  }

  test('is said again to a receiver that missed it', async () => {
    const { ground, receiver } = await lastWordLost();
    await ground.clock.runUntil(() => receiver.state.status === 'done');
  });

  test('is said again by a sender that took it out of its list', async () => {
    const { ground, alice, outgoing, receiver } = await lastWordLost();
    alice.exchange.forget(outgoing.transfer);
    await ground.clock.runUntil(() => receiver.state.status === 'done');
  });

  test('is said again by a sender that was started anew', async () => {
    const { ground, alice, receiver } = await lastWordLost();
    await ground.restart(alice);
    await ground.clock.runUntil(() => receiver.state.status === 'done');
  });

  test('is said again to a receiver that was started anew: it made everything durable first', async () => {
    const { ground, bob } = await lastWordLost();
    const reloaded = await ground.restart(bob);
    await ground.clock.runUntil(() => reloaded.incoming[0]?.state.status === 'done');
  });

  test('reaches a sender that forgot it, from a receiver that took it out of its list', async () => {
    const { ground, alice, bob, outgoing, receiver, bundle } = await underWay([CHUNK_BYTES, 9]);
    await ground.bothDone(outgoing, () => receiver);
    bob.exchange.forget(receiver.transfer);
    const { transfer, summary, manifest } = outgoing;
    alice.disk.delivered.clear();
    alice.disk.sends.set(transfer, {
      transfer,
      summary,
      manifest,
      bundle,
      accepted: { peerId: 'bob', chosenRuns: outgoing.chosenRuns! },
    });
    const forgetful = await ground.restart(alice);
    await ground.clock.runUntil(() => forgetful.outgoing[0]?.state.status === 'done');
    expect(bob.incoming).toHaveLength(1);
  });
});

test('an announcement that is taken back while it is being accepted costs nothing else', async () => {
  const { ground, alice, bob, outgoing, receiver } = await underWay([CHUNK_BYTES, CHUNK_BYTES, 9]);
  const errors: unknown[] = [];
  alice.exchange.events.on('peer-error', ({ error }) => errors.push(error));
  const takenBack = alice.announce(memoryBundle([CHUNK_BYTES], 7), { title: 'no', itemCount: 1 }, ['bob']);
  await ground.clock.runUntil(() => bob.incoming.length === 2);
  await bob.incoming[1]!.accept();
  takenBack.cancel();
  await ground.clock.runUntil(() => bob.incoming[1]!.state.status === 'cancelled');
  await ground.bothDone(outgoing, () => receiver);
  expect(errors).toEqual([]);
});
