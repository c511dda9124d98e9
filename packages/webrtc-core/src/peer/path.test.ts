import { describe, expect, test } from 'vitest';
import { type PathKind, type RelayReason, readPath } from './path.ts';

type Fields = Record<string, unknown>;

const report = (...stats: (Fields & { id: string })[]) =>
  new Map<string, unknown>(stats.map((each) => [each.id, each]));

/** A pair with its ends, as both browsers have it. */
function pair(id: string, local: Fields, remote: Fields, fields: Fields = {}) {
  return [
    { id: `${id}-local`, type: 'local-candidate', protocol: 'udp', ...local },
    { id: `${id}-remote`, type: 'remote-candidate', protocol: 'udp', ...remote },
    {
      ...{ id, type: 'candidate-pair', state: 'succeeded', nominated: true },
      ...{ localCandidateId: `${id}-local`, remoteCandidateId: `${id}-remote`, ...fields },
    },
  ];
}

/** Chromium names the pair in its transport statistics and measures the round trip. */
const chromium = (local: Fields, remote: Fields) =>
  report(
    { id: 'T', type: 'transport', selectedCandidatePairId: 'P' },
    ...pair('other', { candidateType: 'host' }, { candidateType: 'host' }),
    ...pair('P', local, remote, { currentRoundTripTime: 0.0125 }),
  );

/** Firefox has no transport statistics, marks the selected pair and has other pairs that are nominated. */
const firefox = (local: Fields, remote: Fields) =>
  report(
    ...pair('other', { candidateType: 'host' }, { candidateType: 'host' }, { selected: false }),
    ...pair('P', local, remote, { selected: true }),
  );

const at = (candidateType: string, address?: string | null) => ({ candidateType, address });
const relay = (relayProtocol: string) => ({ ...at('relay', '203.0.113.9'), relayProtocol });

describe.each([
  ['Chromium', chromium],
  ['Firefox', firefox],
])('in %s', (_, browser) => {
  test.each<[string, PathKind, Fields, Fields]>([
    ['two hosts', 'lan', at('host', '192.168.1.4'), at('host', '192.168.1.5')],
    ['two hosts that mDNS hides', 'lan', at('host', 'b7c1.local'), at('host')],
    ['two hosts whose addresses are kept back', 'lan', at('host', ''), at('host', null)],
    ['a host and one that spoke before its candidate came', 'lan', at('host', '10.0.0.4'), at('prflx', '10.0.0.5')],
    ['a host and a hidden one that spoke first', 'lan', at('host'), at('prflx', '')],
    ['two that were only ever seen, on one network', 'lan', at('prflx', '10.0.0.4'), at('prflx', 'fd12::1')],
    ['two translated ends', 'direct', at('srflx', '203.0.113.4'), at('srflx', '198.51.100.5')],
    ['a host and a translated end', 'direct', at('host', '10.0.0.4'), at('srflx', '198.51.100.5')],
    ['a translated end and a host', 'direct', at('srflx', '203.0.113.4'), at('host', '10.0.0.5')],
    ['translated ends without addresses', 'direct', at('srflx'), at('srflx', null)],
    ['a host and one seen from outside', 'direct', at('host', '10.0.0.4'), at('prflx', '198.51.100.5')],
    ['one seen from outside and a host', 'direct', at('prflx', '203.0.113.4'), at('host', '10.0.0.5')],
    ['a relay here', 'relayed', relay('udp'), at('host', '10.0.0.5')],
    ['a relay there', 'relayed', at('host', '10.0.0.4'), at('relay', '203.0.113.9')],
    ['a relay there, at a private address', 'relayed', at('srflx', '203.0.113.4'), at('relay', '10.0.0.9')],
    ['relays on both sides', 'relayed', relay('tls'), at('relay', '203.0.113.9')],
  ])('%s: %s', (_, kind, local, remote) => {
    const expected = { kind, localCandidate: local.candidateType, remoteCandidate: remote.candidateType };
    expect(readPath(browser(local, remote))).toMatchObject(expected);
  });

  test.each([
    ['udp', relay('udp')],
    ['tcp', relay('tcp')],
    ['tls', relay('tls')],
    ['tcp', { ...at('host'), protocol: 'tcp' }],
    ['udp', { ...at('host'), protocol: undefined }],
  ])('the protocol is %s when the local end says %o', (protocol, local) => {
    expect(readPath(browser(local, at('host')))).toMatchObject({ protocol });
  });
});

test('the round trip is in milliseconds, and null where it is not measured', () => {
  expect(readPath(chromium(at('host'), at('host')))?.roundTripMs).toBe(12.5);
  expect(readPath(firefox(at('host'), at('host')))?.roundTripMs).toBeNull();
});

test('without any mark, the pair that succeeded and was nominated is in use', () => {
  const stats = report(
    ...pair('a', at('host'), at('host'), { state: 'failed' }),
    ...pair('b', at('host'), at('host'), { nominated: false }),
    ...pair('c', at('host'), at('relay')),
  );
  expect(readPath(stats)).toMatchObject({ kind: 'relayed' });
});

test.each<[string, Map<string, unknown>]>([
  ['there are no statistics', report()],
  ['nothing is selected', report({ id: 'T', type: 'transport' })],
  ['pairs are still being checked', report(...pair('P', at('host'), at('host'), { state: 'in-progress' }))],
  ['no pair is nominated', report(...pair('P', at('host'), at('host'), { nominated: false }))],
  ['the selected pair is not reported', report({ id: 'T', type: 'transport', selectedCandidatePairId: 'P' })],
  ['the local end is not reported', report(...pair('P', at('host'), at('host')).slice(1))],
  ['an end is of no type', report(...pair('P', at('host'), {}))],
])('there is no path while %s', (_, stats) => {
  expect(readPath(stats)).toBeUndefined();
});

describe('addresses', () => {
  const ends = (local: Fields, remote: Fields) =>
    readPath(chromium({ ...at('host'), ...local }, { ...at('host'), ...remote }));

  test('are told with their ports', () => {
    const path = ends({ address: '192.0.2.4', port: 5004 }, { address: '2001:db8::5', port: 5005 });
    expect(path).toMatchObject({ localAddress: '192.0.2.4:5004', remoteAddress: '[2001:db8::5]:5005' });
  });

  test.each<[string, Fields]>([
    ['kept back', { address: '', port: 5004 }],
    ['kept back, as null', { address: null, port: 5004 }],
    ['an mDNS name', { address: 'b7c1.local', port: 5004 }],
    ['without its port', { address: '192.0.2.4' }],
  ])('are null when one is %s', (_, end) => {
    expect(ends(end, end)).toMatchObject({ localAddress: null, remoteAddress: null });
  });
});

describe('a relay is used because', () => {
  const own = (id: string, fields: Fields) => ({ id, type: 'local-candidate', ...fields });
  const theirs = (id: string, fields: Fields) => ({ id, type: 'remote-candidate', ...fields });
  const REFLEXIVE = at('srflx', '198.51.100.5');
  const OWN_HOST = own('h', at('host', '10.0.0.4'));
  const OWN_REFLEXIVE = own('s', at('srflx', '203.0.113.4'));
  const THEIR_HOST = theirs('x', at('host', '10.0.0.5'));

  test.each<[string, RelayReason, [Fields, Fields], { id: string }[], RTCIceTransportPolicy?]>([
    ['this side allows nothing else', 'relay-only', [relay('udp'), REFLEXIVE], [], 'relay'],
    ['that, although UDP is blocked, too', 'relay-only', [relay('tls'), relay('udp')], [], 'relay'],
    ['TCP alone gets out of here', 'udp-blocked', [relay('tcp'), REFLEXIVE], [OWN_HOST]],
    ['TLS alone gets out of here', 'udp-blocked', [relay('tls'), relay('udp')], [OWN_HOST]],
    ['no direct pair opened, by TCP for once', 'no-direct-path', [relay('tcp'), REFLEXIVE], [OWN_REFLEXIVE]],
    ['the same, with a relay by UDP at hand', 'no-direct-path', [relay('tcp'), REFLEXIVE], [own('r', relay('udp'))]],
    ['the other side has nothing else', 'remote-relay-only', [relay('udp'), relay('udp')], [OWN_REFLEXIVE]],
    ['that, reached directly', 'remote-relay-only', [at('host', '10.0.0.4'), relay('udp')], [OWN_REFLEXIVE]],
    ['no direct pair opened', 'no-direct-path', [relay('udp'), relay('udp')], [OWN_REFLEXIVE, THEIR_HOST]],
    ['no direct pair opened to a relay', 'no-direct-path', [at('host', '10.0.0.4'), relay('udp')], [THEIR_HOST]],
    ['who knows: this browser does not say how it is reached', 'no-direct-path', [at('relay'), REFLEXIVE], []],
  ])('%s', (_, reason, [local, remote], others, policy) => {
    const stats = report(
      { id: 'T', type: 'transport', selectedCandidatePairId: 'P' },
      ...pair('P', local, remote),
      ...others,
    );
    expect(readPath(stats, policy)).toMatchObject({ kind: 'relayed', relayReason: reason });
  });

  test('no reason is given where none is used', () => {
    expect(readPath(chromium(at('host'), at('host')))?.relayReason).toBeNull();
  });
});
