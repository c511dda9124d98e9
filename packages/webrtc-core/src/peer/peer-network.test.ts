import { describe, expect, test } from 'vitest';
import { FakeConnection } from '../testing/fake-connection.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { type MemorySignaling, signalingPair } from '../testing/signaling-pair.ts';
import { PeerNetwork, type PeerNetworkEvents } from './peer-network.ts';
import { rtcConnector } from './rtc-connector.ts';
import { readSessionSignal, type SessionSignal, writeSessionSignal } from './session-signal.ts';

const PATIENCE_MS = 15_000;
const HOST = 'candidate:1 1 udp 2113937151 192.0.2.4 5004 typ host';

/** Lets everything happen that takes no time. */
async function settle(clock: ManualClock): Promise<void> {
  for (let round = 0; round < 20; round++) {
    await clock.settle();
    clock.advance(0);
  }
}

const noServers = async (): Promise<RTCConfiguration> => ({});

function joined(selfId: string, signaling: MemorySignaling, clock: ManualClock, configuration = noServers) {
  const connections: FakeConnection[] = [];
  const channels: PeerNetworkEvents['channel'][] = [];
  const network = new PeerNetwork({
    selfId,
    signaling,
    configuration,
    createConnection: () => {
      const connection = new FakeConnection(`${selfId} ${connections.length + 1}`, clock);
      connections.push(connection);
      return connection.connection;
    },
    clock,
  });
  network.events.on('channel', (event) => channels.push(event));
  return { network, connections, channels };
}

/** Alice's network, and the test as Bob. */
function alice(configuration = noServers) {
  const clock = new ManualClock();
  const [here, bob] = signalingPair('alice', 'bob', clock);
  const heard: SessionSignal[] = [];
  bob.events.on('signal', ({ payload }) => heard.push(readSessionSignal(payload)));
  const says = (from: string, to: string | null, body: SessionSignal['body']) =>
    bob.send('alice', writeSessionSignal({ from, to, body }));
  return { ...joined('alice', here, clock, configuration), bob, heard, says, settle: () => settle(clock) };
}

const bye = { type: 'bye' } as const;
const offer = (sdp: string) => ({ type: 'description', description: { type: 'offer', sdp } }) as const;
const answer = (sdp: string) => ({ type: 'description', description: { type: 'answer', sdp } }) as const;
const candidate = (text: string) =>
  ({ type: 'candidate', candidate: { candidate: text, sdpMid: '0', sdpMLineIndex: 0 } }) as const;

describe('an offer', () => {
  test('starts a session that nobody here wanted, and is answered to the incarnation it came from', async () => {
    const { says, heard, channels, settle } = alice();
    await says('bob-1', null, offer('o'));
    await settle();
    expect(channels.map(({ peerId }) => peerId)).toEqual(['bob']);
    expect(heard).toMatchObject([{ to: 'bob-1', body: answer('answer to o') }]);
  });

  test('and what follows it while its session starts are taken in order', async () => {
    let configure = (_: RTCConfiguration) => {};
    const { says, heard, connections, settle } = alice(
      () =>
        new Promise((resolve) => {
          configure = resolve;
        }),
    );
    await says('bob-1', null, offer('o'));
    await says('bob-1', null, candidate('one'));
    await settle();
    await says('bob-1', null, candidate('two'));
    await settle();
    expect([connections.length, heard.length]).toEqual([0, 0]);
    configure({});
    await settle();
    expect(connections.length).toBe(1);
    expect(connections[0]).toMatchObject({ candidates: ['one', 'two'], signalingState: 'stable' });
  });

  test('of a new incarnation replaces the session with the old one', async () => {
    const { says, heard, connections, channels, settle } = alice();
    await says('bob-1', null, offer('o'));
    await settle();
    await says('bob-2', null, offer('p'));
    await settle();
    expect(connections.map(({ signalingState }) => signalingState)).toEqual(['closed', 'stable']);
    expect(channels.map(({ ended }) => ended.aborted)).toEqual([true, false]);
    expect(heard.slice(1)).toMatchObject([
      { from: heard[0]!.from, to: 'bob-1', body: bye },
      { to: 'bob-2', body: answer('answer to p') },
    ]);
  });
});

describe('a signal to an incarnation that is gone', () => {
  test('is answered by its farewell', async () => {
    const { says, heard, connections, settle } = alice();
    await says('bob-1', 'alice-0', candidate('x'));
    await says('bob-1', 'alice-0', offer('x'));
    await settle();
    const farewell = { from: 'alice-0', to: 'bob-1', body: bye };
    expect([heard, connections]).toEqual([[farewell, farewell], []]);
  });

  test('is not answered when it is a farewell itself', async () => {
    const { says, heard, settle } = alice();
    await says('bob-1', 'alice-0', bye);
    await settle();
    expect(heard).toEqual([]);
  });
});

describe('a session that still waits for the other side', () => {
  test('is not touched by candidates and farewells of an incarnation it never met', async () => {
    const { network, says, heard, connections, channels, settle } = alice();
    network.want('bob');
    await settle();
    await says('bob-0', null, candidate('stale'));
    await says('bob-0', null, bye);
    await settle();
    expect([connections.length, channels[0]!.ended.aborted]).toEqual([1, false]);
    await says('bob-1', heard[0]!.from, answer('answer to offer 1 of alice 1'));
    await settle();
    expect(connections[0]!.signalingState).toBe('stable');
  });

  test('ends when the one it wrote to says farewell', async () => {
    const { network, says, heard, channels, settle } = alice();
    network.want('bob');
    await settle();
    await says('bob-1', heard[0]!.from, bye);
    await settle();
    expect(channels[0]!.ended.aborted).toBe(true);
  });
});

test('a session does not hear what another incarnation says', async () => {
  const { says, heard, connections, channels, settle } = alice();
  await says('bob-1', null, offer('o'));
  await settle();
  await says('bob-2', heard[0]!.from, candidate('x'));
  await says('bob-2', heard[0]!.from, bye);
  await settle();
  expect([connections[0]!.candidates, channels[0]!.ended.aborted]).toEqual([[], false]);
});

test('a malformed signal changes nothing', async () => {
  const { bob, heard, says, settle, connections } = alice();
  await bob.send('alice', 'nonsense');
  await settle();
  expect([heard, connections]).toEqual([[], []]);
  await says('bob-1', null, offer('o'));
  await settle();
  expect(connections.length).toBe(1);
});

test('a listener that throws at one session does not keep the peer from the next', async () => {
  const { network, says, heard, settle } = alice();
  const off = network.events.on('channel', () => {
    off();
    throw new Error('a bug elsewhere');
  });
  // Both arrive before the first is worked off, so that its error is the second's to step over.
  await says('bob-1', null, offer('o'));
  await says('bob-2', null, offer('p'));
  await settle();
  expect(heard.at(-1)).toMatchObject({ to: 'bob-2', body: answer('answer to p') });
});

describe('when both make their first offers at once', () => {
  test('the impolite side’s stands, whoever of the other side answers it', async () => {
    const { network, says, heard, connections, channels, settle } = alice();
    network.want('bob');
    await settle();
    await says('bob-1', null, offer('o'));
    await says('bob-1', null, candidate('of the offer that is ignored'));
    await says('bob-1', null, bye);
    await settle();
    expect([connections.length, heard.length, channels[0]!.ended.aborted]).toEqual([1, 1, false]);
    await says('bob-2', heard[0]!.from, answer('answer to offer 1 of alice 1'));
    await settle();
    expect(connections[0]).toMatchObject({ candidates: [], signalingState: 'stable' });
  });

  test('the polite side begins anew for it, and they agree', async () => {
    const clock = new ManualClock();
    const [a, b] = signalingPair('alice', 'bob', clock);
    const [here, there] = [joined('alice', a, clock), joined('bob', b, clock)];
    here.network.want('bob');
    there.network.want('alice');
    await settle(clock);
    const states = ({ connections }: typeof here) => connections.map(({ signalingState }) => signalingState);
    expect([states(here), states(there)]).toEqual([['stable'], ['closed', 'stable']]);
    expect(here.connections[0]!.remoteDescription).toEqual(there.connections[1]!.localDescription);
    expect(there.channels.map(({ ended }) => ended.aborted)).toEqual([true, false]);
  });
});

test('where there is no path both sides learn it at the same time, whoever says it first', async () => {
  const clock = new ManualClock();
  const [a, b] = signalingPair('alice', 'bob', clock);
  const sides = [joined('alice', a, clock), joined('bob', b, clock)];
  const codes: string[] = [];
  for (const { network } of sides)
    network.events.on('unreachable', ({ peerId, code }) => codes.push(`${peerId}: ${code}`));
  sides[0]!.network.want('bob');
  await settle(clock);
  for (const { connections } of sides) connections[0]!.findsCandidate(HOST);
  clock.advance(PATIENCE_MS - 1);
  await settle(clock);
  expect(codes).toEqual([]);
  clock.advance(1);
  await settle(clock);
  expect(codes.sort()).toEqual(['alice: relay-missing', 'bob: relay-missing']);
});

test('a connector says why a peer cannot be reached as an error', async () => {
  const { network, says, heard, settle } = alice();
  const errors: unknown[] = [];
  const connector = rtcConnector(network);
  connector.events.on('unreachable', (event) => errors.push(event));
  connector.want('bob');
  await settle();
  await says('bob-1', heard[0]!.from, { type: 'bye', because: 'no-path' });
  await settle();
  expect(errors).toEqual([{ peerId: 'bob', error: expect.objectContaining({ code: 'ice-failed', retryable: true }) }]);
});

test('closing ends every session, says so, and hears nothing any more', async () => {
  const { network, says, heard, connections, channels, settle } = alice();
  await says('bob-1', null, offer('o'));
  await settle();
  network.close();
  await says('bob-2', null, offer('p'));
  await settle();
  expect(heard.at(-1)).toMatchObject({ to: 'bob-1', body: bye });
  expect([connections.length, channels[0]!.ended.aborted]).toEqual([1, true]);
  expect(await network.path('bob')).toBeUndefined();
});
