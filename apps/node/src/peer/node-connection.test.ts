import {
  blobBundle,
  type Channel,
  Exchange,
  MemoryStores,
  PeerNetwork,
  type Receiver,
  rtcConnector,
} from '@ferry/webrtc-core';
import { signalingPair } from '@ferry/webrtc-core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createNodeConnection } from './node-connection.ts';

const POLL = { timeout: 20_000 };

interface Side {
  network: PeerNetwork;
  connections: RTCPeerConnection[];
}

/** Two programs that can signal each other. */
function pair(): [Side, Side] {
  const sides = signalingPair('alice', 'bob').map((signaling, at): Side => {
    const connections: RTCPeerConnection[] = [];
    const network = new PeerNetwork({
      selfId: ['alice', 'bob'][at]!,
      signaling,
      configuration: async () => ({}),
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

test('one side wants, both are connected, and the route is known', async () => {
  const [alice, bob] = pair();
  const [here, there] = [channelsOf(alice.network), channelsOf(bob.network)];
  alice.network.want('bob');
  await expect.poll(() => [here[0]?.state, there[0]?.state], POLL).toEqual(['open', 'open']);
  const path = await alice.network.path('bob');
  expect(path).toMatchObject({ kind: 'lan', protocol: 'udp', relayReason: null });
  expect(path?.localAddress).toMatch(/^\S+:\d+$/);
  expect([here.length, there.length]).toEqual([1, 1]);
});

test('both want at the same moment: one connection comes of it', async () => {
  for (let time = 0; time < 5; time++) {
    const [alice, bob] = pair();
    const [here, there] = [channelsOf(alice.network), channelsOf(bob.network)];
    alice.network.want('bob');
    bob.network.want('alice');
    await expect.poll(() => [here.at(-1)?.state, there.at(-1)?.state], POLL).toEqual(['open', 'open']);
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
  await expect.poll(() => [here[0]?.state, there[0]?.state], POLL).toEqual(['open', 'open']);
  bob.network.suspect('alice');
  await expect.poll(() => [here[1]?.state, there[1]?.state], POLL).toEqual(['open', 'open']);
  expect([here[0]!.state, there[0]!.state]).toEqual(['closed', 'closed']);
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
