import { expect, test } from 'vitest';
import { type AddressFamily, type Candidate, familyOf, readCandidate } from './candidate.ts';

const HOST: Candidate = {
  foundation: '1321318026',
  transport: 'udp',
  priority: 2113937151,
  address: '192.0.2.4',
  port: 33142,
  type: 'host',
  relatedAddress: null,
  relatedPort: null,
};

test.each<[string, Partial<Candidate>]>([
  ['candidate:1321318026 1 udp 2113937151 192.0.2.4 33142 typ host generation 0 ufrag rMpd network-cost 999', {}],
  ['candidate:1321318026 1 udp 2113937151 192.0.2.4 33142 typ host', {}],
  ['a=candidate:1321318026 1 UDP 2113937151 192.0.2.4 33142 typ host\r\n', {}],
  ['candidate:1321318026 1 udp 2113937151 2753b504.local 33142 typ host', { address: '2753b504.local' }],
  [
    'candidate:1321318026 1 tcp 2113937151 fd00::2 9 typ host tcptype active generation 0',
    { transport: 'tcp', address: 'fd00::2', port: 9 },
  ],
  [
    'candidate:7/x+ 1 udp 1677729535 203.0.113.7 42213 typ srflx raddr 0.0.0.0 rport 0 generation 0',
    {
      foundation: '7/x+',
      priority: 1677729535,
      address: '203.0.113.7',
      port: 42213,
      type: 'srflx',
      relatedAddress: '0.0.0.0',
      relatedPort: 0,
    },
  ],
  [
    'candidate:1321318026 1 udp 50340095 203.0.113.9 50082 typ relay raddr fd00::2 rport 49793',
    {
      priority: 50340095,
      address: '203.0.113.9',
      port: 50082,
      type: 'relay',
      relatedAddress: 'fd00::2',
      relatedPort: 49793,
    },
  ],
])('%s', (line, fields) => {
  expect(readCandidate(line)).toEqual({ ...HOST, ...fields });
});

test.each(['', 'candidate:', 'late', 'candidate:1 1 udp 1 192.0.2.4 5 typ other', 'candidate:1 1 sctp 1 a 5 typ host'])(
  '%j is none',
  (line) => {
    expect(readCandidate(line)).toBeUndefined();
  },
);

test.each<[string, number, AddressFamily | undefined]>([
  ['192.0.2.4', 0, 'ipv4'],
  ['fd00::2', 0, 'ipv6'],
  // As Chromium writes them for IPv4, for a unique local address and for a global one.
  ['b7c1.local', 2113937151, 'ipv4'],
  ['b7c1.local', 2113942271, 'ipv6'],
  ['b7c1.local', 2113939711, 'ipv6'],
  ['b7c1.local', 2122252543, undefined],
])('%s with priority %i is of family %s', (address, priority, family) => {
  expect(familyOf({ ...HOST, address, priority })).toBe(family);
});
