import { expect, test } from 'vitest';
import { WaysIn } from './ways-in.ts';

const HOST = 'candidate:1 1 udp 2113937151 192.0.2.4 5004 typ host';
const REFLEXIVE = 'candidate:1 1 udp 1677729535 203.0.113.7 5004 typ srflx raddr 0.0.0.0 rport 0';
const TCP = 'candidate:1 1 tcp 1518280447 192.0.2.4 9 typ host tcptype active';
const RELAY_BY_TCP = 'candidate:1 1 tcp 16785407 203.0.113.9 50095 typ relay raddr 0.0.0.0 rport 0';
const TURN: RTCConfiguration = { iceServers: [{ urls: 'turn:turn.example' }] };

function gathered(...lines: (string | null)[]): WaysIn {
  const waysIn = new WaysIn();
  for (const line of lines) waysIn.add(line);
  return waysIn;
}

test.each([
  [[], false],
  [[HOST], false],
  [[HOST, null], false],
  [[REFLEXIVE, null], false],
  [[RELAY_BY_TCP, null], false],
  [[null], true],
  [['', null], true],
  [['late', null], true],
  [[TCP, null], true],
])('after %j it is hopeless: %j', (lines, isHopeless) => {
  expect(gathered(...lines).isHopeless).toBe(isHopeless);
});

test('what may still come counts as missing only after its time', () => {
  const early = gathered(HOST);
  expect([early.noPathCode(TURN, false), early.noPathCode(TURN, true)]).toEqual(['ice-failed', 'relay-failed']);
  expect(gathered(HOST, null).noPathCode(TURN, false)).toBe('relay-failed');
  expect(gathered(HOST, RELAY_BY_TCP, null).noPathCode(TURN, true)).toBe('ice-failed');
});
