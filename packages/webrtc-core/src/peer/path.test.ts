import { describe, expect, test } from 'vitest';
import { isPrivateAddress, type PathKind, readPath } from './path.ts';

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

describe('private addresses', () => {
  test.each(
    [
      ['10.0.0.1', '10.255.255.255', '127.0.0.1', '192.168.0.1', '192.168.255.255', '169.254.1.1'],
      ['172.16.0.1', '172.19.0.1', '172.20.0.1', '172.29.0.1', '172.31.255.255'],
      ['100.64.0.1', '100.69.0.1', '100.70.0.1', '100.99.0.1', '100.100.0.1', '100.119.0.1', '100.127.255.255'],
      ['::1', 'fc00::1', 'fd12:3456:789a::1', 'FDFF::1', 'fe80::1', 'FE9A::1', 'febf::1'],
      ['0c6f9bd2-6b2e-4c1c-9b1f-8f0c6f9bd26b.local'],
    ].flat(),
  )('%s is one', (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  test.each(
    [
      ['9.255.255.255', '11.0.0.1', '110.0.0.1', '126.0.0.1', '128.0.0.1', '192.167.0.1', '192.169.0.1'],
      ['172.15.0.1', '172.32.0.1', '172.1.0.1', '172.160.0.1', '169.253.0.1', '169.255.0.1', '8.8.10.1'],
      ['100.63.0.1', '100.128.0.1', '100.6.0.1', '100.130.0.1', '100.200.0.1', '203.0.113.10'],
      ['::2', '::11', '2001:db8::1', 'fe00::1', 'fe7f::1', 'fec0::1', 'ff02::1', 'fb00::1', '2001:db8::fd00:1'],
      ['local', 'b7c1.local.example', ''],
    ].flat(),
  )('%j is none', (address) => {
    expect(isPrivateAddress(address)).toBe(false);
  });
});
