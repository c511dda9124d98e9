// Programs that are killed and started again, on either side and at every turn: nothing is asked twice, nothing that
// was held is sent twice, and nobody waits for ever.
import { describe, expect, test } from 'vitest';
import { CHUNK_BYTES } from './content/chunk.ts';
import { ExchangeGround } from './testing/exchange-ground.ts';
import { memoryBundle } from './testing/memory-bundle.ts';
import { ABOUT, expectArrived, SIZES, underWay } from './testing/transfer-under-way.ts';
import type { Receiver } from './transfer/receiver.ts';

describe('the receiver is started anew', () => {
  test('it goes on with what it held, without being asked again', async () => {
    const { ground, bob, bundle, outgoing, receiver } = await underWay();
    const [heldBefore, bytesBefore] = [receiver.held!.count, receiver.progress!.doneBytes];
    const reloaded = await ground.restart(bob);
    const [after] = reloaded.incoming as [Receiver];
    expect([after.state.status, after.held!.count]).toEqual(['stalled', heldBefore]);
    await ground.bothDone(outgoing, () => after);
    expect(after.movedBytes).toBe(outgoing.summary.totalBytes - bytesBefore);
    await expectArrived(reloaded, after, bundle.contents);
    expect(reloaded.incoming).toHaveLength(1);
  });

  test('one that has lost its memory is asked again, and may choose otherwise', async () => {
    const { ground, bob, bundle, outgoing } = await underWay([CHUNK_BYTES, 7, ...SIZES]);
    bob.disk.accepted.clear();
    await bob.stores.delete(outgoing.transfer);
    const reloaded = await ground.restart(bob);
    const asked = await ground.nextIncoming(reloaded);
    await asked.accept([1]);
    await ground.bothDone(outgoing, () => asked);
    await expectArrived(reloaded, asked, [bundle.contents[1]!]);
  });

  test('one that declined while the sender was away says so when it is back', async () => {
    const ground = new ExchangeGround();
    const [alice, bob] = [ground.join('alice'), ground.join('bob')];
    const outgoing = alice.announce(memoryBundle([5], 1), ABOUT, ['bob']);
    const receiver = await ground.nextIncoming(bob);
    ground.network.leave('alice');
    receiver.decline();
    const outcome = receiver.outcome!;
    bob.exchange.forget(receiver.transfer);
    expect(outcome).toEqual({ status: 'declined' });
    const back = await ground.restart(alice);
    await ground.clock.runUntil(() => back.outgoing[0]?.state.status === 'declined');
    expect([bob.incoming.length, outgoing.transfer]).toEqual([1, back.outgoing[0]!.transfer]);
  });
});

describe('the sender is started anew', () => {
  test('with its files at hand the transfer goes on by itself, and sends nothing twice', async () => {
    const { ground, alice, bob, bundle, receiver } = await underWay();
    const bytesBefore = receiver.progress!.doneBytes;
    const reloaded = await ground.restart(alice);
    const [outgoing] = reloaded.outgoing;
    await ground.bothDone(outgoing!, () => receiver);
    expect(outgoing!.movedBytes).toBeLessThanOrEqual(outgoing!.summary.totalBytes - bytesBefore);
    await expectArrived(bob, receiver, bundle.contents);
  });

  test('without its files both sides wait and know why; it goes on once they are chosen again', async () => {
    const { ground, alice, bob, bundle, receiver } = await underWay();
    const { outgoing } = await ground.restart(alice, { filesAreAtHand: false });
    const [sender] = outgoing as [(typeof outgoing)[number]];
    await ground.clock.runUntil(() => receiver.state.status === 'paused');
    expect([sender.state, receiver.state]).toMatchObject([
      { by: { me: 'files', peer: null } },
      { by: { me: null, peer: 'files' } },
    ]);
    expect(await sender.differenceIn(bundle)).toBeUndefined();
    sender.bundle = bundle;
    await ground.bothDone(sender, () => receiver);
    await expectArrived(bob, receiver, bundle.contents);
  });

  test('other files under the same names are told apart by a sample of what was sent', async () => {
    const { ground, alice } = await underWay();
    const { outgoing } = await ground.restart(alice, { filesAreAtHand: false });
    expect(await outgoing[0]!.differenceIn(memoryBundle(SIZES, 6))).toBe('0');
  });

  test('a file whose change a sample misses fails when it is read, and is never mixed', async () => {
    const { ground, alice, receiver } = await underWay();
    const { outgoing } = await ground.restart(alice, { filesAreAtHand: false });
    const [sender] = outgoing as [(typeof outgoing)[number]];
    const other = memoryBundle(SIZES, 6);
    // Everything is read again, because the receiver lost what it held.
    await receiver.reopen();
    sender.bundle = other;
    const ends = () => [sender, receiver].map(({ state }) => state);
    await ground.clock.runUntil(() => ends().every(({ status }) => status === 'failed' || status === 'done'));
    expect(ends()[0]).toMatchObject({ status: 'failed' });
  });

  test('before anybody answered it asks again, and the request is still one', async () => {
    const ground = new ExchangeGround();
    const [alice, bob] = [ground.join('alice'), ground.join('bob')];
    alice.announce(memoryBundle([CHUNK_BYTES], 1), ABOUT, ['bob']);
    const receiver = await ground.nextIncoming(bob);
    const reloaded = await ground.restart(alice);
    const [outgoing] = reloaded.outgoing;
    await receiver.accept();
    await ground.bothDone(outgoing!, () => receiver);
    expect(bob.incoming).toHaveLength(1);
  });

  test('paused by its user it stays paused', async () => {
    const { ground, alice, receiver } = await underWay();
    for (const send of alice.disk.sends.values()) send.isPaused = true;
    const { outgoing } = await ground.restart(alice);
    await ground.clock.runUntil(() => receiver.state.status === 'paused');
    outgoing[0]!.resume();
    await ground.bothDone(outgoing[0]!, () => receiver);
  });

  test('one that knows nothing of it any more ends it with words, not silence', async () => {
    const { ground, receiver } = await underWay();
    ground.join('alice');
    await ground.clock.runUntil(() => receiver.state.status === 'failed');
    expect(receiver.state).toMatchObject({ by: 'peer', code: 'no-sources' });
  });

  test('an announced request of one that knows nothing of it any more is taken back', async () => {
    const ground = new ExchangeGround();
    const [alice, bob] = [ground.join('alice'), ground.join('bob')];
    alice.announce(memoryBundle([5], 1), ABOUT, ['bob']);
    const receiver = await ground.nextIncoming(bob);
    const forgetful = ground.join('alice');
    forgetful.announce(memoryBundle([6], 1), ABOUT, ['bob']);
    await ground.clock.runUntil(() => receiver.state.status === 'failed');
    expect(receiver.state).toMatchObject({ code: 'no-sources' });
  });
});

test('what a receiver lost after it was agreed is sent again before anything counts as delivered', async () => {
  const { ground, alice, bob, bundle, outgoing, receiver } = await underWay([5000, ...Array<number>(60).fill(100_000)]);
  await ground.clock.runUntil(() => receiver.agreed!.has(0));
  const reloaded = await ground.restart(bob, { losing: { transfer: receiver.transfer, chunk: 0 } });
  const [after] = reloaded.incoming as [Receiver];
  expect(after.held!.has(0)).toBe(false);
  await ground.bothDone(outgoing, () => after);
  await expectArrived(reloaded, after, bundle.contents);
  expect(alice.outgoing).toHaveLength(1);
});

test('a receiver that lost its memory may decline what it had accepted', async () => {
  const { ground, bob, outgoing } = await underWay();
  bob.disk.accepted.clear();
  const reloaded = await ground.restart(bob);
  (await ground.nextIncoming(reloaded)).decline();
  await ground.clock.runUntil(() => outgoing.state.status === 'declined');
});

test('another choice of as many chunks takes nothing of the first one for its own', async () => {
  const { ground, bob, bundle, outgoing } = await underWay();
  bob.disk.accepted.clear();
  const reloaded = await ground.restart(bob);
  const asked = await ground.nextIncoming(reloaded);
  const chosen = [...bundle.manifest.entries.keys()].toReversed().slice(0, 40);
  await asked.accept(chosen);
  await ground.bothDone(outgoing, () => asked);
  const contents = chosen.toSorted((a, b) => a - b).map((entry) => bundle.contents[entry]!);
  await expectArrived(reloaded, asked, contents);
});
