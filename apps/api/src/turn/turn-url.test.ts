import { expect, test } from 'vitest';
import { parseTurnUrl } from './turn-url.ts';

test.each([
  ['turn:turn.example.com', 'turn.example.com', 3478, 'udp'],
  ['turn:turn.example.com:443?transport=tcp', 'turn.example.com', 443, 'tcp'],
  ['turn:192.0.2.1?transport=udp', '192.0.2.1', 3478, 'udp'],
  ['turns:turn.example.com', 'turn.example.com', 5349, 'tls'],
  ['TURNS:Turn.Example.com:443?transport=TCP', 'turn.example.com', 443, 'tls'],
  ['turns:turn.example.com?transport=udp', 'turn.example.com', 5349, 'dtls'],
  ['turn:[2001:db8::1]:3479', '2001:db8::1', 3479, 'udp'],
])('%s', (url, host, port, transport) => {
  expect(parseTurnUrl(url)).toEqual({ url, host, port, transport });
});

test.each([
  'stun:turn.example.com',
  'turn:',
  'turn://turn.example.com',
  'turn:host:port',
  'turn:host:0',
  'turn:host:65536',
  'turn:2001:db8::1',
  'turn:user@host',
  'turn:host?transport=quic',
])('"%s" is no TURN address', (url) => {
  expect(parseTurnUrl(url)).toBeUndefined();
});
