import { expect, test } from 'vitest';
import { blobBundle } from '../content/blob-source.ts';
import { Exchange } from '../exchange.ts';
import { MemoryStores } from '../stores/memory-store.ts';
import { signalingPair } from '../testing/signaling-pair.ts';
import type { Receiver } from '../transfer/receiver.ts';
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
  expect(await alice.path('bob')).toMatchObject({ kind: 'lan', protocol: 'udp' });
  alice.close();
  bob.close();
});

test('both want at the same moment: their offers collide and one connection comes of it', async () => {
  const { alice, bob } = pair();
  const both = Promise.all([connected(alice), connected(bob)]);
  alice.want('bob');
  bob.want('alice');
  expect(await both).toEqual(['bob', 'alice']);
  alice.close();
  bob.close();
});

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

test('a file arrives over a real data channel', async () => {
  const { alice, bob } = pair();
  const sending = new Exchange({ connector: rtcConnector(alice), stores: new MemoryStores() });
  const receiving = new Exchange({ connector: rtcConnector(bob), stores: new MemoryStores() });
  const receiver = new Promise<Receiver>((resolve) => receiving.events.on('incoming', resolve));
  const blob = new Blob([crypto.getRandomValues(new Uint8Array(65_536)), new Uint8Array(3_000_000)]);
  const outgoing = sending.announce(blobBundle([{ path: ['a.bin'], blob }]), { title: 'a.bin', itemCount: 1 }, ['bob']);
  const incoming = await receiver;
  const done = new Promise<void>((resolve) => {
    incoming.events.on('change', () => incoming.state.status === 'done' && resolve());
  });
  await incoming.accept();
  await done;
  expect(incoming.agreed?.isFull).toBe(true);
  await expect.poll(() => outgoing.state.status).toBe('done');
  alice.close();
  bob.close();
});
