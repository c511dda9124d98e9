import { expect, test } from 'vitest';
import { iceUrls, isRelayUrl, relayTransport } from './ice-urls.ts';

test('each address comes once, with the credentials it stands with first', () => {
  const stun = { urls: 'stun:a' };
  const turn = { urls: ['turn:b', 'turns:b', 'stun:a'], username: 'u', credential: 'c' };
  expect(iceUrls([stun, turn])).toEqual([
    { url: 'stun:a', server: stun },
    { url: 'turn:b', server: turn },
    { url: 'turns:b', server: turn },
  ]);
  expect(iceUrls(undefined)).toEqual([]);
});

test.each([
  ['turn:relay.example', true, 'udp'],
  ['turn:relay.example:3478?transport=udp', true, 'udp'],
  ['turn:relay.example:3478?transport=tcp', true, 'tcp'],
  ['TURN:relay.example?Transport=TCP', true, 'tcp'],
  ['turns:relay.example:443?transport=tcp', true, 'tls'],
  ['turns:relay.example', true, 'tls'],
  ['stun:turn.example', false, 'udp'],
] as const)('%s', (url, isRelay, transport) => {
  expect([isRelayUrl(url), relayTransport(url)]).toEqual([isRelay, transport]);
});
