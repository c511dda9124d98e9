import { expect, test } from 'vitest';
import { blobBundle } from './content/blob-source.ts';
import { Exchange } from './exchange.ts';
import { PeerNetwork } from './peer/peer-network.ts';
import { rtcConnector } from './peer/rtc-connector.ts';
import { MemoryStores } from './stores/memory-store.ts';
import { signalingPair } from './testing/signaling-pair.ts';
import type { Receiver } from './transfer/receiver.ts';

const configuration = async () => ({});

test('a file arrives over a real data channel', async () => {
  const [a, b] = signalingPair('alice', 'bob');
  const alice = new PeerNetwork({ selfId: 'alice', signaling: a, configuration });
  const bob = new PeerNetwork({ selfId: 'bob', signaling: b, configuration });
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
