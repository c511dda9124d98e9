import { expect, test } from 'vitest';
import { signalingPair } from '../testing/signaling-pair.ts';
import type { Channel } from '../wire/channel.ts';
import { PeerNetwork } from './peer-network.ts';
import { rtcConnector } from './rtc-connector.ts';

const configuration = async () => ({});

function pair() {
  const [a, b] = signalingPair('alice', 'bob');
  return {
    alice: new PeerNetwork({ selfId: 'alice', signaling: a, configuration }),
    bob: new PeerNetwork({ selfId: 'bob', signaling: b, configuration }),
  };
}

function connected(network: PeerNetwork): Promise<string> {
  return new Promise((resolve) => {
    network.events.on('connected', ({ peerId, connected }) => connected && resolve(peerId));
  });
}

test('one side wants, both are connected, and the route is known', async () => {
  const { alice, bob } = pair();
  const both = Promise.all([connected(alice), connected(bob)]);
  alice.want('bob');
  expect(await both).toEqual(['bob', 'alice']);
  const path = await alice.path('bob');
  expect(path).toMatchObject({ kind: 'lan', protocol: 'udp', relayReason: null });
  // Browsers hide them behind mDNS names, or tell both.
  expect([typeof path?.localAddress, typeof path?.remoteAddress]).not.toContain('undefined');
  alice.close();
  bob.close();
});

/** The channel of a network's latest session. */
function channelOf(network: PeerNetwork): { latest: RTCDataChannel | undefined; count: number } {
  const seen: { latest: RTCDataChannel | undefined; count: number } = { latest: undefined, count: 0 };
  network.events.on('channel', ({ channel }) => {
    seen.latest = channel;
    seen.count++;
  });
  return seen;
}

function nextMessage(channel: RTCDataChannel): Promise<unknown> {
  return new Promise((resolve) => {
    channel.onmessage = ({ data }) => resolve(data);
  });
}

test('both want at the same moment: their offers collide and one connection comes of it, time after time', async () => {
  // Chromium, made to take an offer back at once, gathers no candidates one time in ten.
  for (let time = 0; time < 20; time++) {
    const { alice, bob } = pair();
    const [here, there] = [channelOf(alice), channelOf(bob)];
    const both = Promise.all([connected(alice), connected(bob)]);
    alice.want('bob');
    bob.want('alice');
    expect(await both).toEqual(['bob', 'alice']);
    await expect.poll(() => [here.latest?.readyState, there.latest?.readyState]).toEqual(['open', 'open']);
    const message = nextMessage(there.latest!);
    here.latest!.send('hello');
    expect(await message).toBe('hello');
    alice.close();
    bob.close();
  }
});

test('a lost path restarts ICE on both sides at once, and the same channel goes on', async () => {
  const [a, b] = signalingPair('alice', 'bob');
  const connections: RTCPeerConnection[] = [];
  const createConnection = (options: RTCConfiguration) => {
    const connection = new RTCPeerConnection(options);
    connections.push(connection);
    return connection;
  };
  const alice = new PeerNetwork({ selfId: 'alice', signaling: a, configuration, createConnection });
  const bob = new PeerNetwork({ selfId: 'bob', signaling: b, configuration, createConnection });
  const [here, there] = [channelOf(alice), channelOf(bob)];
  const both = Promise.all([connected(alice), connected(bob)]);
  alice.want('bob');
  await both;
  await expect.poll(() => [here.latest?.readyState, there.latest?.readyState]).toEqual(['open', 'open']);

  const before = connections.map(credentials);
  const again = Promise.all([connected(alice), connected(bob)]);
  for (const connection of connections) pretend(connection, 'disconnected');
  await expect.poll(() => connections.every((each, index) => credentials(each) !== before[index])).toBe(true);
  await expect.poll(() => connections.every(({ signalingState }) => signalingState === 'stable')).toBe(true);
  // The path was there all the while, so that the browser has nothing to report by itself.
  for (const connection of connections) pretend(connection, 'connected');
  await again;

  const message = nextMessage(there.latest!);
  here.latest!.send('still here');
  expect(await message).toBe('still here');
  expect([here.count, there.count, connections.length]).toEqual([1, 1, 2]);
  expect(await alice.path('bob')).toMatchObject({ kind: 'lan' });
  alice.close();
  bob.close();
});

/** What an ICE restart replaces, on both sides. */
function credentials({ localDescription, remoteDescription }: RTCPeerConnection): string {
  const lines = `${localDescription?.sdp}${remoteDescription?.sdp}`.split('\r\n');
  return lines.filter((line) => line.startsWith('a=ice-ufrag')).join();
}

/** Lets the connection say once what its path is; a page cannot cut a path. */
function pretend(connection: RTCPeerConnection, state: RTCPeerConnectionState): void {
  Object.defineProperty(connection, 'connectionState', { value: state, configurable: true });
  connection.dispatchEvent(new Event('connectionstatechange'));
  Reflect.deleteProperty(connection, 'connectionState');
}

test('a side that was started anew is connected again', async () => {
  const [a, b] = signalingPair('alice', 'bob');
  const alice = new PeerNetwork({ selfId: 'alice', signaling: a, configuration });
  const old = new PeerNetwork({ selfId: 'bob', signaling: b, configuration });
  const first = connected(old);
  alice.want('bob');
  await first;
  old.close();
  const young = new PeerNetwork({ selfId: 'bob', signaling: b, configuration });
  expect(await connected(young)).toBe('alice');
  alice.close();
  young.close();
});

test('a channel that closes takes its session with it, and whoever still wants the peer gets a new one', async () => {
  const { alice, bob } = pair();
  const [here, there] = [rtcConnector(alice), rtcConnector(bob)];
  const channels: Channel[] = [];
  here.events.on('channel', ({ channel }) => channels.push(channel));
  there.events.on('channel', () => {});
  here.want('bob');
  await expect.poll(() => channels[0]?.state).toBe('open');
  channels[0]!.close();
  await expect.poll(() => channels[1]?.state, { timeout: 5000 }).toBe('open');
  alice.close();
  bob.close();
});
