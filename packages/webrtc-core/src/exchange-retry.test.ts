// What failed, was paused or lost its link goes on from where it was.
import { describe, expect, test } from 'vitest';
import { layoutOf } from './testing/exchange-ground.ts';
import { acceptedOverDamage, expectArrived, underWay } from './testing/transfer-under-way.ts';
import { WINDOW_BYTES } from './wire/receive-window.ts';

describe('what failed is tried again', () => {
  test('by the receiver, with all that it held', async () => {
    const { ground, bob, bundle, outgoing, receiver } = await underWay();
    const store = await bob.stores.open(receiver.transfer, layoutOf(receiver));
    const write = store.write.bind(store);
    store.write = () => Promise.reject(new Error('the disk is gone'));
    await ground.clock.runUntil(() => outgoing.state.status === 'failed');
    expect([outgoing.state, receiver.state]).toMatchObject([{ by: 'peer' }, { by: 'me', code: 'store-failed' }]);
    const heldBefore = receiver.held!.count;
    store.write = write;
    await receiver.retry();
    await ground.bothDone(outgoing, () => receiver);
    expect(receiver.held!.count).toBeGreaterThan(heldBefore);
    await expectArrived(bob, receiver, bundle.contents);
  });

  test('by the sender: the receiver goes on without being asked', async () => {
    // More than are read ahead.
    const { ground, bob, bundle, outgoing, receiver } = await underWay(Array<number>(400).fill(2000));
    let isGone = true;
    outgoing.bundle = {
      ...bundle,
      choose: (chosen) => {
        const source = bundle.choose(chosen);
        return { read: (chunk) => (isGone ? Promise.reject(new Error('gone')) : source.read(chunk)) };
      },
    };
    await ground.clock.runUntil(() => receiver.state.status === 'failed');
    expect(receiver.state).toMatchObject({ by: 'peer' });
    isGone = false;
    outgoing.retry();
    await ground.bothDone(outgoing, () => receiver);
    await expectArrived(bob, receiver, bundle.contents);
    expect(bob.incoming).toHaveLength(1);
  });
});

test('a pause tells its reason, moves nothing, and costs no more than what was on its way', async () => {
  const { ground, outgoing, receiver } = await underWay();
  receiver.pause();
  await ground.clock.runUntil(() => outgoing.state.status === 'paused');
  expect(outgoing.state).toMatchObject({ by: { me: null, peer: 'user' } });
  const heldBytes = receiver.progress!.doneBytes;
  for (let second = 0; second < 60; second++) {
    ground.clock.advance(1000);
    await ground.clock.settle();
  }
  expect(receiver.progress!.doneBytes - heldBytes).toBeLessThanOrEqual(WINDOW_BYTES);
  receiver.resume();
  await ground.bothDone(outgoing, () => receiver);
  expect(receiver.movedBytes).toBe(outgoing.summary.totalBytes);
});

test('a link that dies without a word is noticed, and the transfer goes on over the next one', async () => {
  const { ground, bob, bundle, outgoing, receiver } = await underWay();
  ground.network.muteAll();
  const startMs = ground.clock.now();
  await ground.clock.runUntil(() => receiver.state.status === 'stalled');
  expect(ground.clock.now() - startMs).toBeLessThan(60_000);
  await ground.bothDone(outgoing, () => receiver);
  await expectArrived(bob, receiver, bundle.contents);
});

test('a source that was dropped for damaged bytes is asked again when the receiver tries again', async () => {
  const { ground, bob, bundle, outgoing, receiver } = await acceptedOverDamage();
  await ground.clock.runUntil(() => receiver.state.status === 'failed');
  ground.network.heal();
  await receiver.retry();
  await ground.bothDone(outgoing, () => receiver);
  await expectArrived(bob, receiver, bundle.contents);
});
