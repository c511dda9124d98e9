import {
  blobBundle,
  type Channel,
  Exchange,
  MemoryStores,
  PeerNetwork,
  type PeerNetworkOptions,
  type Receiver,
  rtcConnector,
} from '@ferry/webrtc-core';
import { signalingPair } from '@ferry/webrtc-core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { startRelay } from '../../../../packages/webrtc-core/test-servers/relay.ts';
import { createNodeConnection } from './node-connection.ts';

const POLL = { timeout: 20_000 };

interface Side {
  network: PeerNetwork;
  connections: RTCPeerConnection[];
}

/** Two programs that can signal each other. */
function pair(options: Partial<PeerNetworkOptions> = {}): [Side, Side] {
  const sides = signalingPair('alice', 'bob').map((signaling, at): Side => {
    const connections: RTCPeerConnection[] = [];
    const network = new PeerNetwork({
      selfId: ['alice', 'bob'][at]!,
      signaling,
      configuration: async () => ({}),
      ...options,
      createConnection: (configuration) => {
        const connection = createNodeConnection(configuration);
        connections.push(connection);
        return connection;
      },
    });
    onTestFinished(() => network.close());
    return { network, connections };
  });
  return sides as [Side, Side];
}

function channelsOf(network: PeerNetwork): Channel[] {
  const channels: Channel[] = [];
  rtcConnector(network).events.on('channel', ({ channel }) => channels.push(channel));
  return channels;
}

/** The latest ones: on a busy computer a first offer may be answered too late, and is followed by another. */
async function bothOpen(here: Channel[], there: Channel[]): Promise<void> {
  await expect.poll(() => [here.at(-1)?.state, there.at(-1)?.state], POLL).toEqual(['open', 'open']);
}

test('one side wants, both are connected, and the route is known', async () => {
  const [alice, bob] = pair();
  const [here, there] = [channelsOf(alice.network), channelsOf(bob.network)];
  alice.network.want('bob');
  await bothOpen(here, there);
  const path = await alice.network.path('bob');
  expect(path).toMatchObject({ kind: 'lan', protocol: 'udp', relayReason: null });
  expect(path?.localAddress).toMatch(/^\S+:\d+$/);
});

test('both want at the same moment: one connection comes of it', async () => {
  for (let time = 0; time < 5; time++) {
    const [alice, bob] = pair();
    const [here, there] = [channelsOf(alice.network), channelsOf(bob.network)];
    alice.network.want('bob');
    bob.network.want('alice');
    await bothOpen(here, there);
    const heard = new Promise<Uint8Array>((resolve) => there.at(-1)!.events.on('message', resolve));
    here.at(-1)!.send(Uint8Array.of(1, 2, 3));
    expect([...(await heard)]).toEqual([1, 2, 3]);
    alice.network.close();
    bob.network.close();
  }
});

test('a path in doubt ends the connection, and whoever wants the other side has a new one', async () => {
  const [alice, bob] = pair();
  const [here, there] = [channelsOf(alice.network), channelsOf(bob.network)];
  alice.network.want('bob');
  await bothOpen(here, there);
  const before = [here.at(-1), there.at(-1)];
  bob.network.suspect('alice');
  await expect.poll(() => before.map((channel) => channel?.state), POLL).toEqual(['closed', 'closed']);
  await bothOpen(here, there);
});

test('a file arrives whole, and goes on after its connection was lost', async () => {
  const [alice, bob] = pair();
  const sending = new Exchange({ connector: rtcConnector(alice.network), stores: new MemoryStores() });
  const receiving = new Exchange({ connector: rtcConnector(bob.network), stores: new MemoryStores() });
  const incoming = new Promise<Receiver>((resolve) => receiving.events.on('incoming', resolve));
  const blob = new Blob(Array.from({ length: 128 }, () => crypto.getRandomValues(new Uint8Array(65_536))));
  sending.announce(blobBundle([{ path: ['a.bin'], blob }]), { title: 'a.bin', itemCount: 1 }, ['bob']);
  const receiver = await incoming;
  // Slow enough to be in the middle when it is lost.
  receiving.rates.receive.bytesPerSecond = 4 * 1024 * 1024;
  await receiver.accept();
  await expect.poll(() => receiver.progress?.doneBytes, POLL).toBeGreaterThan(1024 * 1024);
  alice.connections.at(-1)!.close();
  receiving.rates.receive.bytesPerSecond = null;
  await expect.poll(() => receiver.state.status, { timeout: 60_000 }).toBe('done');
  expect(receiver.agreed?.isFull).toBe(true);
  expect(bob.connections.length).toBeGreaterThan(1);
});

test('candidates of no use are passed over: other transports, names that a stranger chose, too many of any', async () => {
  const connection = createNodeConnection({});
  onTestFinished(() => connection.close());
  /** Those that are taken need a description of the other side, and there is none. */
  const isTaken = (transport: string, address: string) =>
    connection
      .addIceCandidate({ candidate: `candidate:1 1 ${transport} 1 ${address} 5000 typ host`, sdpMid: '0' })
      .then(
        () => false,
        () => true,
      );
  expect(await isTaken('udp', '10.0.0.7')).toBe(true);
  expect(await isTaken('UDP', 'fd00::7')).toBe(true);
  expect(await isTaken('tcp', '10.0.0.7')).toBe(false);
  expect(await isTaken('udp', 'example.com')).toBe(false);
  expect(await connection.addIceCandidate({ candidate: '', sdpMid: '0' })).toBeUndefined();
  const names = await Promise.all(Array.from({ length: 20 }, (_, at) => isTaken('udp', `${at}-a.local`)));
  expect(names.filter(Boolean)).toHaveLength(16);
});

test('a relay is reached by UDP, with the credentials that the server issues', async ({ skip }) => {
  const relay = await startRelay();
  if (!relay) return skip('coturn is not here');
  onTestFinished(relay.stop);
  const { url, username, credential } = relay;
  const connection = createNodeConnection({ iceServers: [{ urls: `${url}?transport=udp`, username, credential }] });
  onTestFinished(() => connection.close());
  const candidates: string[] = [];
  connection.onicecandidate = ({ candidate }) => void candidates.push(candidate?.candidate ?? '');
  connection.createDataChannel('any');
  await connection.setLocalDescription();
  // Which path was selected is not told: libjuice names candidates by their sockets, and first sights by the sight.
  await expect.poll(() => candidates, POLL).toContainEqual(expect.stringContaining(' typ relay'));
});

test('two programs that may use a relay only meet there', async ({ skip }) => {
  const relay = await startRelay();
  if (!relay) return skip('coturn is not here');
  onTestFinished(relay.stop);
  const { url, username, credential } = relay;
  const configuration = async () => ({ iceServers: [{ urls: `${url}?transport=udp`, username, credential }] });
  const [alice, bob] = pair({ configuration, isRelayOnly: () => true });
  const [here, there] = [channelsOf(alice.network), channelsOf(bob.network)];
  alice.network.want('bob');
  await bothOpen(here, there);
});
