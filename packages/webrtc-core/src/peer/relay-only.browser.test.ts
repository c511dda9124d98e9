// What a device tells others when it may only be reached through relays: nothing but the relay's addresses.
import { expect, test } from 'vitest';
import { BrowserServers } from '../testing/browser-servers.ts';
import { signalingPair } from '../testing/signaling-pair.ts';
import { PeerNetwork, type PeerNetworkOptions } from './peer-network.ts';

/** Alice and Bob, and everything that Alice signals. */
function pair({ configuration = async () => ({}), ...alices }: Partial<PeerNetworkOptions> = {}) {
  const [a, b] = signalingPair('alice', 'bob');
  const said: string[] = [];
  b.events.on('signal', ({ payload }) => said.push(payload));
  const alice = new PeerNetwork({ selfId: 'alice', signaling: a, configuration, ...alices });
  const bob = new PeerNetwork({ selfId: 'bob', signaling: b, configuration });
  const close = () => {
    alice.close();
    bob.close();
  };
  return { alice, bob, said, close };
}

/** All candidates in what was said, in descriptions or by themselves. */
function candidatesIn(said: string[]): string[] {
  return said.flatMap((payload) => payload.match(/candidate:\S+ \d+ (udp|tcp) [^"\\]*/gi) ?? []);
}

const connected = (network: PeerNetwork) =>
  new Promise<void>((resolve) => {
    network.events.on('connected', (event) => event.connected && resolve());
  });
const unreachable = (network: PeerNetwork) =>
  new Promise<string>((resolve) => {
    network.events.on('unreachable', ({ code }) => resolve(code));
  });

test('without a relay not one address is told, and both sides soon know that there is no path', async () => {
  const { alice, bob, said, close } = pair({ isRelayOnly: () => true });
  const both = Promise.all([unreachable(alice), unreachable(bob)]);
  alice.want('bob');
  // What Bob had found by then depends on the machine.
  expect(await both).toEqual(['candidates-missing', expect.stringMatching(/^(relay-missing|ice-failed)$/)]);
  expect(said.length).toBeGreaterThan(0);
  expect(candidatesIn(said)).toEqual([]);
  expect(
    said
      .join()
      .match(/\d+(\.\d+){3}/g)
      ?.filter((address) => !/^(0\.0\.0\.0|127\.0\.0\.1)$/.test(address)),
  ).toEqual([]);
  close();
});

test('whoever answers tells no address either', async () => {
  const [a, b] = signalingPair('alice', 'bob');
  const said: string[] = [];
  a.events.on('signal', ({ payload }) => said.push(payload));
  const configuration = async () => ({});
  const alice = new PeerNetwork({ selfId: 'alice', signaling: a, configuration });
  const bob = new PeerNetwork({ selfId: 'bob', signaling: b, configuration, isRelayOnly: () => true });
  const code = unreachable(bob);
  alice.want('bob');
  expect(await code).toBe('candidates-missing');
  expect(said.some((payload) => payload.includes('answer'))).toBe(true);
  expect(candidatesIn(said)).toEqual([]);
  alice.close();
  bob.close();
});

test('with a relay only its address is told, and both sides know why it is used', async (context) => {
  const { server } = await new BrowserServers(context).relay();
  const configuration = async () => ({ iceServers: [server] });
  const { alice, bob, said, close } = pair({ isRelayOnly: () => true, configuration });
  const both = Promise.all([connected(alice), connected(bob)]);
  alice.want('bob');
  await both;
  const told = candidatesIn(said);
  expect(told.length).toBeGreaterThan(0);
  for (const candidate of told) expect(candidate).toMatch(/ typ relay raddr 0\.0\.0\.0 rport 0/);
  const relayed = { kind: 'relayed', relayReason: 'relay-only', localCandidate: 'relay' };
  expect(await alice.path('bob')).toMatchObject({ ...relayed, localAddress: expect.stringMatching(/^[\d.]+:\d+$/) });
  expect(await bob.path('alice')).toMatchObject({ kind: 'relayed', relayReason: 'remote-relay-only' });
  close();
});

test('relays only, from now on: the direct path is left at once, and taken again when it is allowed again', async (context) => {
  const { server } = await new BrowserServers(context).relay();
  let isRelayOnly = false;
  const { alice, said, close } = pair({
    isRelayOnly: () => isRelayOnly,
    configuration: async () => ({ iceServers: [server] }),
  });
  const channels: RTCDataChannel[] = [];
  const ended: AbortSignal[] = [];
  alice.events.on('channel', (event) => {
    channels.push(event.channel);
    ended.push(event.ended);
  });
  alice.want('bob');
  await expect.poll(() => channels[0]?.readyState).toBe('open');
  expect((await alice.path('bob'))?.relayReason).toBeNull();

  isRelayOnly = true;
  said.length = 0;
  alice.replaceAll();
  await expect.poll(() => channels[1]?.readyState).toBe('open');
  expect(ended[0]!.aborted).toBe(true);
  expect(await alice.path('bob')).toMatchObject({ kind: 'relayed', relayReason: 'relay-only' });
  for (const candidate of candidatesIn(said)) expect(candidate).toContain(' typ relay raddr 0.0.0.0 ');

  isRelayOnly = false;
  alice.replaceAll();
  await expect.poll(async () => (await alice.path('bob'))?.kind).toMatch(/^(lan|direct)$/);
  close();
});

test('nothing but a stream gets out of here: the relay’s path says so', async (context) => {
  const { url, server } = await new BrowserServers(context).relay();
  const iceServers = [{ ...server, urls: `${url}?transport=tcp` }];
  const { alice, close } = pair({
    configuration: async () => ({ iceServers }),
    // As where UDP is blocked: no candidates but the relay's, and that one by TCP.
    createConnection: (configuration) => new RTCPeerConnection({ ...configuration, iceTransportPolicy: 'relay' }),
  });
  const open = connected(alice);
  alice.want('bob');
  await open;
  expect(await alice.path('bob')).toMatchObject({ kind: 'relayed', protocol: 'tcp', relayReason: 'udp-blocked' });
  close();
});
