import { expect, test } from 'vitest';
import { type Candidate, readCandidate } from './candidate.ts';
import { natMapping } from './nat-mapping.ts';
import type { NatMapping } from './path-finding.ts';

/** Priorities as Chromium has them, which tell the family of a hidden address. */
const PRIORITY = { ipv4: 2113937151, ipv6: 2113942271 };
const host = (address: string, port: number, family: 'ipv4' | 'ipv6' = 'ipv4') =>
  `candidate:h 1 udp ${PRIORITY[family]} ${address} ${port} typ host`;
/** Of a base that the browser hides: its foundation stands for it. */
const outer = (address: string, port: number, base = 'b') =>
  `candidate:${base} 1 udp 1677729535 ${address} ${port} typ srflx raddr 0.0.0.0 rport 0`;
const outerOf = (address: string, port: number, raddr: string, rport: number) =>
  `candidate:${address} 1 udp 1677729535 ${address} ${port} typ srflx raddr ${raddr} rport ${rport}`;
const HIDDEN = host('b7c1.local', 5000);
const HIDDEN_6 = host('c8d2.local', 6000, 'ipv6');

test.each<[string, NatMapping, string[], [ipv4: number, ipv6: number]]>([
  ['nobody answered', 'unknown', [HIDDEN], [0, 0]],
  ['one server answered', 'unknown', [HIDDEN, outer('203.0.113.7', 5001)], [1, 0]],
  ['both saw the same', 'endpoint-independent', [HIDDEN, outer('203.0.113.7', 5001)], [2, 0]],
  ['both saw the same, with the port kept', 'endpoint-independent', [HIDDEN, outer('203.0.113.7', 5000)], [2, 0]],
  [
    'they saw different ports',
    'endpoint-dependent',
    [HIDDEN, outer('203.0.113.7', 5001), outer('203.0.113.7', 5002)],
    [2, 0],
  ],
  [
    'they saw different addresses',
    'endpoint-dependent',
    [HIDDEN, outer('203.0.113.7', 5001), outer('203.0.113.8', 5001)],
    [2, 0],
  ],
  [
    'they saw different ports, though one of them is unclear',
    'endpoint-dependent',
    [HIDDEN, outer('192.168.7.1', 5000), outer('192.168.7.1', 5002)],
    [2, 0],
  ],
  [
    'two networks, each with a translator that gives one address to all',
    'endpoint-independent',
    [HIDDEN, host('d1.local', 5100), outer('203.0.113.7', 5001, 'b'), outer('198.51.100.7', 5101, 'c')],
    [2, 0],
  ],
  [
    'two networks, one of them with a translator of the other kind',
    'endpoint-dependent',
    [HIDDEN, host('d1.local', 5100), outer('203.0.113.7', 5001, 'b'), outer('203.0.113.7', 5002, 'b')],
    [2, 0],
  ],
  [
    'the base is told',
    'endpoint-independent',
    [
      host('10.0.0.4', 5000),
      host('10.1.0.4', 5100),
      outerOf('203.0.113.7', 5001, '10.0.0.4', 5000),
      outerOf('198.51.100.7', 5101, '10.1.0.4', 5100),
    ],
    [2, 0],
  ],
  [
    'the base is told, and seen as two',
    'endpoint-dependent',
    [
      host('10.0.0.4', 5000),
      host('10.1.0.4', 5100),
      outerOf('203.0.113.7', 5001, '10.0.0.4', 5000),
      outerOf('203.0.113.7', 5002, '10.0.0.4', 5000),
    ],
    [2, 0],
  ],
  [
    'a browser that hides even which base it was',
    'endpoint-dependent',
    [HIDDEN, outer('203.0.113.7', 5001, 'one'), outer('203.0.113.7', 5002, 'two')],
    [2, 0],
  ],
  ['the address outside is the one inside, so there is no candidate for it', 'none', [host('192.0.2.4', 5000)], [1, 0]],
  ['the address outside is the one inside', 'none', [host('192.0.2.4', 5000), outer('192.0.2.4', 5000)], [2, 0]],
  ['a server on the same network sees the hidden address', 'none', [HIDDEN, outer('192.168.7.20', 5000)], [2, 0]],
  ['IPv6 without translation', 'none', [HIDDEN_6, outer('2001:db8::7', 6000)], [0, 2]],
  [
    'IPv6 without translation, and IPv4 with it',
    'endpoint-independent',
    [HIDDEN, HIDDEN_6, outer('203.0.113.7', 5001, 'b'), outer('2001:db8::7', 6000, 'c')],
    [2, 2],
  ],
  [
    'one server on each family: nothing to compare',
    'unknown',
    [HIDDEN, HIDDEN_6, outer('203.0.113.7', 5001, 'b'), outer('2001:db8::7', 6001, 'c')],
    [1, 1],
  ],
  ['no network', 'unknown', [], [0, 0]],
])('%s: %s', (_, mapping, lines, [ipv4, ipv6]) => {
  const candidates = lines.map((line) => readCandidate(line)).filter((each): each is Candidate => each !== undefined);
  expect(candidates.length).toBe(lines.length);
  expect(natMapping(candidates, { ipv4, ipv6 })).toBe(mapping);
});
