import { describe, expect, test } from 'vitest';
import type { Connector } from './connector.ts';
import { CHUNK_BYTES } from './content/chunk.ts';
import { ProtocolError } from './errors.ts';
import { Exchange } from './exchange.ts';
import { MemoryStores } from './stores/memory-store.ts';
import { channelPair } from './testing/channel-pair.ts';
import { ExchangeGround, layoutOf, sameContents, storedContents } from './testing/exchange-ground.ts';
import { memoryBundle } from './testing/memory-bundle.ts';
import { Emitter } from './util/emitter.ts';
import { WIRE_LIMITS } from './wire/limits.ts';
import { Link } from './wire/link.ts';
import type { TransferMessage } from './wire/message.ts';

const SIZES = [0, 1, 1000, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES + 7];
const ABOUT = { title: 'x', itemCount: 1 };

function twoPeople() {
  const ground = new ExchangeGround();
  return { ground, alice: ground.join('alice'), bob: ground.join('bob') };
}

test('a bundle arrives byte for byte', async () => {
  const { ground, alice, bob } = twoPeople();
  const bundle = memoryBundle(SIZES, 7);
  const outgoing = alice.exchange.announce(bundle, { title: 'seven', itemCount: 3 }, ['bob']);
  const receiver = await ground.nextIncoming(bob);
  expect(receiver.summary).toMatchObject({ title: 'seven', itemCount: 3, entryCount: 7 });
  await receiver.accept();
  await ground.bothDone(outgoing, () => receiver);
  expect(sameContents(await storedContents(bob.stores, receiver), bundle.contents)).toBe(true);
  expect(outgoing.progress?.doneBytes).toBe(outgoing.summary.totalBytes);
});

test('nothing but names and sizes moves before it is accepted', async () => {
  const { ground, alice, bob } = twoPeople();
  const outgoing = alice.exchange.announce(memoryBundle(SIZES, 1), ABOUT, ['bob']);
  const receiver = await ground.nextIncoming(bob);
  ground.clock.advance(60_000);
  expect([outgoing.state.status, receiver.state.status, receiver.held]).toEqual(['announced', 'announced', undefined]);
});

test('entries can be chosen out of a bundle', async () => {
  const { ground, alice, bob } = twoPeople();
  const bundle = memoryBundle([5, CHUNK_BYTES + 3, 0, 9], 2);
  const outgoing = alice.exchange.announce(bundle, ABOUT, ['bob']);
  const receiver = await ground.nextIncoming(bob);
  await receiver.accept([3, 1]);
  await ground.bothDone(outgoing, () => receiver);
  expect(sameContents(await storedContents(bob.stores, receiver), [bundle.contents[1]!, bundle.contents[3]!])).toBe(
    true,
  );
  expect(outgoing.chosen?.entries.map(({ path }) => path)).toEqual([['1'], ['3']]);
});

test('any choice can be made out of many entries', async () => {
  const { ground, alice, bob } = twoPeople();
  const bundle = memoryBundle(Array<number>(9000).fill(1), 2);
  const outgoing = alice.exchange.announce(bundle, ABOUT, ['bob']);
  const receiver = await ground.nextIncoming(bob);
  await receiver.accept(Array.from({ length: 4500 }, (_, index) => 2 * index));
  await ground.bothDone(outgoing, () => receiver);
  expect(receiver.chosen!.entries.length).toBe(4500);
});

test('choosing nothing declines', async () => {
  const { ground, alice, bob } = twoPeople();
  const outgoing = alice.exchange.announce(memoryBundle([5, 6], 2), ABOUT, ['bob']);
  await (await ground.nextIncoming(bob)).accept([]);
  await ground.clock.runUntil(() => outgoing.state.status === 'declined');
});

test('nothing cannot be announced', () => {
  const { alice } = twoPeople();
  expect(() => alice.exchange.announce(memoryBundle([], 1), ABOUT, ['bob'])).toThrow(/nothing to send/);
});

test('a declined bundle is declined on both sides', async () => {
  const { ground, alice, bob } = twoPeople();
  const outgoing = alice.exchange.announce(memoryBundle([5], 2), ABOUT, ['bob']);
  (await ground.nextIncoming(bob)).decline();
  await ground.clock.runUntil(() => outgoing.state.status === 'declined');
});

describe('several devices of one person', () => {
  test('the first that accepts gets it, the others are told', async () => {
    const { ground, alice, bob } = twoPeople();
    const phone = ground.join('phone');
    const bundle = memoryBundle([2 * CHUNK_BYTES], 3);
    const outgoing = alice.exchange.announce(bundle, ABOUT, ['bob', 'phone']);
    const [atDesk, onPhone] = [await ground.nextIncoming(bob), await ground.nextIncoming(phone)];
    await onPhone.accept();
    await ground.bothDone(outgoing, () => onPhone);
    expect(atDesk.state).toEqual({ status: 'cancelled', by: 'peer', reason: 'other-device' });
    expect(outgoing.peerId).toBe('phone');
    expect(sameContents(await storedContents(phone.stores, onPhone), bundle.contents)).toBe(true);
  });

  test('both accepting at once give it to one of them', async () => {
    const { ground, alice, bob } = twoPeople();
    const phone = ground.join('phone');
    const outgoing = alice.exchange.announce(memoryBundle([CHUNK_BYTES], 3), ABOUT, ['bob', 'phone']);
    const receivers = [await ground.nextIncoming(bob), await ground.nextIncoming(phone)];
    await Promise.all(receivers.map((receiver) => receiver.accept()));
    await ground.clock.runUntil(() => outgoing.state.status === 'done');
    await ground.clock.runUntil(() => receivers.every(({ state }) => ['done', 'cancelled'].includes(state.status)));
    expect(receivers.map(({ state }) => state.status).toSorted()).toEqual(['cancelled', 'done']);
  });

  test('one that comes online later is asked, too', async () => {
    const { ground, alice, bob } = twoPeople();
    const outgoing = alice.exchange.announce(memoryBundle([9], 3), ABOUT, []);
    alice.exchange.addPeer(outgoing, 'bob');
    const receiver = await ground.nextIncoming(bob);
    await receiver.accept();
    await ground.bothDone(outgoing, () => receiver);
  });
});

describe.each(['alice', 'bob'] as const)('cancelled by %s in the middle', (who) => {
  test('both sides know and nothing is kept', async () => {
    const { ground, alice, bob } = twoPeople();
    const outgoing = alice.exchange.announce(memoryBundle([40 * CHUNK_BYTES], 4), ABOUT, ['bob']);
    const receiver = await ground.nextIncoming(bob);
    await receiver.accept();
    await ground.clock.runUntil(() => (receiver.held?.count ?? 0) > 3);
    (who === 'alice' ? outgoing : receiver).cancel();
    await ground.clock.runUntil(() => [outgoing, receiver].every(({ state }) => state.status === 'cancelled'));
    await ground.clock.settle();
    const again = await bob.stores.open(receiver.transfer, layoutOf(receiver));
    expect(again.have.count).toBe(0);
  });
});

test('a full disk pauses with what is held, and resuming goes on', async () => {
  const ground = new ExchangeGround();
  const alice = ground.join('alice');
  const bob = ground.join('bob', new MemoryStores({ capacityBytes: 4 * CHUNK_BYTES }));
  const bundle = memoryBundle([6 * CHUNK_BYTES], 6);
  const outgoing = alice.exchange.announce(bundle, ABOUT, ['bob']);
  const receiver = await ground.nextIncoming(bob);
  await receiver.accept();
  await ground.clock.runUntil(() => receiver.state.status === 'paused');
  expect(receiver.state).toMatchObject({ by: { me: 'space', peer: null } });
  ground.clock.advance(1000);
  expect([receiver.held!.count, outgoing.state.status]).toEqual([4, 'paused']);
  bob.stores.capacityBytes = 6 * CHUNK_BYTES;
  receiver.resume();
  await ground.bothDone(outgoing, () => receiver);
  expect(sameContents(await storedContents(bob.stores, receiver), bundle.contents)).toBe(true);
});

describe('a peer that breaks the protocol', () => {
  /** A link to bob that says whatever a test likes. */
  async function stranger(ground: ExchangeGround, connector: Connector) {
    const [near, far] = channelPair({ clock: ground.clock, latencyMs: 5 });
    connector.events.emit('channel', { peerId: 'mallory', channel: far });
    const link = new Link(near);
    const heard: TransferMessage[] = [];
    link.events.on('message', ({ message, release }) => {
      heard.push(message);
      release();
    });
    await ground.clock.runUntil(() => link.isOpen);
    return { link, heard };
  }

  test('is dropped, and transfers with others go on', async () => {
    const ground = new ExchangeGround();
    const connector = ground.network.join('bob');
    const bob = ground.joinWith('bob', connector);
    const alice = ground.join('alice');
    const bundle = memoryBundle([8 * CHUNK_BYTES], 9);
    const outgoing = alice.exchange.announce(bundle, ABOUT, ['bob']);
    const receiver = await ground.nextIncoming(bob);
    await receiver.accept();
    const errors: string[] = [];
    bob.exchange.events.on('peer-error', ({ peerId, error }) => errors.push(`${peerId} ${error.code}`));
    const mallory = await stranger(ground, connector);
    const announce = {
      type: 'announce',
      title: 'y',
      itemCount: 1,
      entryCount: 1,
      totalBytes: 1,
      isPartial: false,
    } as const;
    // The id of somebody else's transfer.
    mallory.link.send({ ...announce, transfer: receiver.transfer });
    await ground.clock.runUntil(() => errors.length > 0);
    expect(errors).toEqual(['mallory message-unexpected']);
    await ground.clock.runUntil(() => !mallory.link.isOpen);
    await ground.bothDone(outgoing, () => receiver);
    expect(sameContents(await storedContents(bob.stores, receiver), bundle.contents)).toBe(true);
  });

  test('cannot have more requests waiting than allowed', async () => {
    const ground = new ExchangeGround();
    const connector = ground.network.join('bob');
    ground.joinWith('bob', connector);
    const { link, heard } = await stranger(ground, connector);
    for (let index = 0; index <= WIRE_LIMITS.maxAnnouncedPerPeer; index++) {
      const transfer = crypto.randomUUID();
      link.send({
        type: 'announce',
        transfer,
        title: 'y',
        itemCount: 1,
        entryCount: 1,
        totalBytes: 1,
        isPartial: false,
      });
    }
    await ground.clock.runUntil(() => heard.some(({ type }) => type === 'abort'));
    expect(heard.filter(({ type }) => type === 'list')).toHaveLength(WIRE_LIMITS.maxAnnouncedPerPeer);
    expect(heard.at(-1)).toMatchObject({ code: 'limit-exceeded' });
    expect(link.isOpen).toBe(true);
  });

  test('is told when it asks for a transfer nobody knows, and gets nothing', async () => {
    const ground = new ExchangeGround();
    const connector = ground.network.join('bob');
    ground.joinWith('bob', connector);
    const { link, heard } = await stranger(ground, connector);
    const transfer = crypto.randomUUID();
    link.send({ type: 'request', transfer, chunks: [{ first: 0, count: 1 }] });
    link.send({ type: 'have', transfer, chunks: [] });
    await ground.clock.runUntil(() => heard.length > 0);
    ground.clock.advance(1000);
    expect(heard).toEqual([{ type: 'abort', transfer, code: 'no-sources' }]);
  });

  test('fails the transfers it was part of', async () => {
    const ground = new ExchangeGround();
    const connector = ground.network.join('bob');
    const bob = ground.joinWith('bob', connector);
    const outgoing = bob.exchange.announce(memoryBundle([5], 1), ABOUT, ['mallory']);
    const { link } = await stranger(ground, connector);
    link.send({ type: 'accept', transfer: outgoing.transfer, entries: [{ first: 7, count: 1 }] });
    await ground.clock.runUntil(() => outgoing.state.status === 'failed');
    expect(outgoing.state).toMatchObject({ code: ProtocolError.malformed('').code });
  });
});

test('a new announcement does not wait until a peer that others wait for is tried again', async () => {
  const wants: string[] = [];
  const connector: Connector = {
    events: new Emitter(),
    want: (peerId) => wants.push(peerId),
    release() {},
    suspect() {},
  };
  const exchange = new Exchange({ connector, stores: new MemoryStores() });
  exchange.restoreOutgoing({
    transfer: crypto.randomUUID(),
    summary: { ...ABOUT, entryCount: 1, totalBytes: 5 },
    manifest: memoryBundle([5], 1).manifest,
    accepted: { peerId: 'bob', chosenRuns: [{ first: 0, count: 1 }] },
  });
  expect(wants).toEqual(['bob']);
  exchange.announce(memoryBundle([5], 2), ABOUT, ['bob']);
  expect(wants).toEqual(['bob', 'bob']);
});

test('closing leaves no link and no timer behind', async () => {
  const { ground, alice, bob } = twoPeople();
  const outgoing = alice.exchange.announce(memoryBundle([20 * CHUNK_BYTES], 4), ABOUT, ['bob']);
  const receiver = await ground.nextIncoming(bob);
  await receiver.accept();
  await ground.clock.runUntil(() => (receiver.held?.count ?? 0) > 3);
  alice.exchange.close();
  bob.exchange.close();
  ground.clock.advance(60_000);
  expect(ground.clock.pendingCount).toBe(0);
  expect(outgoing.state.status).toBe('stalled');
});
