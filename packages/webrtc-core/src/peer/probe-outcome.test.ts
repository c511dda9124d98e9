import { describe, expect, test } from 'vitest';
import { type Candidate, readCandidate } from './candidate.ts';
import type { Gathered } from './gather.ts';
import { hostFinding, relayOutcome, stunOutcome } from './probe-outcome.ts';

const HOST = 'candidate:1 1 udp 2113937151 192.0.2.4 5000 typ host';
const HOST_6 = 'candidate:2 1 udp 2113942271 fd00::2 6000 typ host';
const HIDDEN = 'candidate:1 1 udp 2113937151 b7c1.local 5000 typ host';
const HIDDEN_6 = 'candidate:2 1 udp 2113942271 c8d2.local 6000 typ host';
const TCP = 'candidate:3 1 tcp 1518280447 192.0.2.4 9 typ host tcptype active';
const OUTER = 'candidate:4 1 udp 1677729535 203.0.113.7 5001 typ srflx raddr 0.0.0.0 rport 0';
const RELAY = 'candidate:5 1 udp 50339839 203.0.113.9 50006 typ relay raddr 0.0.0.0 rport 0';

function gathered(lines: string[], fields: Partial<Gathered> = {}): Gathered {
  const candidates = lines.map((line) => readCandidate(line)).filter((each): each is Candidate => each !== undefined);
  return { candidates, errorCodes: [], isComplete: true, tookMs: 0, ...fields };
}

test.each([
  [[], { outcome: 'none', count: 0, families: [], areHidden: false }],
  [[TCP], { outcome: 'none', count: 0, families: [], areHidden: false }],
  [[HOST, TCP], { outcome: 'ok', count: 1, families: ['ipv4'], areHidden: false }],
  [[HOST_6, HOST], { outcome: 'ok', count: 2, families: ['ipv4', 'ipv6'], areHidden: false }],
  [[HIDDEN, HIDDEN_6], { outcome: 'ok', count: 2, families: ['ipv4', 'ipv6'], areHidden: true }],
  [[HIDDEN, HOST_6], { outcome: 'ok', count: 2, families: ['ipv4', 'ipv6'], areHidden: false }],
])('of %j this device offers %j', (lines, finding) => {
  expect(hostFinding(gathered(lines))).toEqual({ step: 'host', ...finding });
});

describe('a STUN server', () => {
  const ok = (outerAddress: string | null) => ({ outcome: 'ok', errorCode: null, outerAddress });
  const silent = (errorCode: number | null) => ({ outcome: 'silent', errorCode, outerAddress: null });

  test.each<[string, object, string[], Partial<Gathered>]>([
    ['told what it sees', ok('203.0.113.7:5001'), [HIDDEN, OUTER], {}],
    ['told it, though not over every network', ok('203.0.113.7:5001'), [HIDDEN, OUTER], { errorCodes: [701] }],
    ['sees the very address inside', ok('192.0.2.4:5000'), [HOST], {}],
    ['sees one of the addresses inside', ok(null), [HOST, HOST_6], {}],
    ['did not answer in time', silent(null), [HOST], { isComplete: false }],
    ['did not answer', silent(701), [HOST], { errorCodes: [701, 701] }],
    ['was not asked, for want of a network', silent(null), [], {}],
    ['answered nothing that a browser would hide', silent(null), [HIDDEN], {}],
  ])('%s', (_, outcome, lines, fields) => {
    expect(stunOutcome(gathered(lines, fields))).toEqual(outcome);
  });

  test('refused', () => {
    const refused = { outcome: 'refused', errorCode: 401, outerAddress: null };
    expect(stunOutcome(gathered([HOST], { errorCodes: [701, 401] }))).toEqual(refused);
  });
});

test.each<[string, object, string[], number[]]>([
  ['works', { outcome: 'ok', errorCode: null }, [RELAY], []],
  ['works over one network', { outcome: 'ok', errorCode: null }, [RELAY], [701, 401]],
  ['refuses', { outcome: 'refused', errorCode: 401 }, [], [701, 401]],
  ['is full', { outcome: 'refused', errorCode: 486 }, [], [486]],
  ['cannot be reached', { outcome: 'silent', errorCode: 701 }, [], [701]],
  ['does not answer', { outcome: 'silent', errorCode: null }, [], []],
  ['is only a STUN server', { outcome: 'silent', errorCode: null }, [HOST, OUTER], []],
])('a relay %s', (_, outcome, lines, errorCodes) => {
  expect(relayOutcome(gathered(lines, { errorCodes }))).toEqual(outcome);
});
