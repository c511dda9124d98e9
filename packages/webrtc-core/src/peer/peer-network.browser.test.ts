import { expect, test } from 'vitest';
import { signalingPair } from '../testing/signaling-pair.ts';
import { PeerNetwork } from './peer-network.ts';

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
