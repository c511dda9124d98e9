import { expect, test } from 'vitest';
import { nativeServers } from './native-servers.ts';

const credentials = { username: '1795859000:user:device', credential: 'a/b+c=' };
const relay = { hostname: 'turn.example.com', username: credentials.username, password: credentials.credential };

test('STUN servers are addresses, relays have their credentials beside them', () => {
  const servers = nativeServers([
    { urls: ['stun:ferry.example.com:3478', 'stun:[2001:db8::1]', 'stun:10.0.0.7'] },
    { urls: 'turn:turn.example.com:3479?transport=udp', ...credentials },
    { urls: 'turn:[2001:db8::2]', ...credentials },
  ]);
  expect(servers).toEqual([
    'stun:ferry.example.com:3478',
    'stun:[2001:db8::1]:3478',
    'stun:10.0.0.7:3478',
    { ...relay, port: 3479, relayType: 'TurnUdp' },
    { ...relay, hostname: '2001:db8::2', port: 3478, relayType: 'TurnUdp' },
  ]);
});

test('what cannot be used is left out', () => {
  const urls = ['turn:turn.example.com?transport=tcp', 'turns:turn.example.com:5349', 'stuns:x', 'http://x', 'stun:'];
  expect(nativeServers([{ urls, ...credentials }, { urls: 'turn:turn.example.com' }])).toEqual([]);
  expect(nativeServers()).toEqual([]);
});
