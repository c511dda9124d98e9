import { once } from 'node:events';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { connectTo, verdict } from '../testing/https-client.ts';
import { type Authority, makeAuthority } from './authority.ts';
import type { Computer } from './leaf-names.ts';
import { LiveLeaf } from './live-leaf.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

let authority: Authority;
let root: string;
beforeAll(async () => {
  ({ root: authority } = await makeAuthority('alice-pc', Date.now()));
  root = authority.certificate.toString('pem');
});

let computer: Computer;
let nowMs: number;
let live: LiveLeaf;
let server: Server;
beforeEach(async () => {
  computer = at('192.168.1.20');
  nowMs = Date.now();
  live = await LiveLeaf.issue({ authority, computer: () => computer, now: () => nowMs });
  server = live.createServer((_request, response) => response.end('here'));
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function at(address: string, hostName = 'alice-pc'): Computer {
  const info = { address, netmask: '', mac: '', internal: false, cidr: null, family: 'IPv4' as const };
  return { hostName, interfaces: { wlan0: [info] } };
}

const asked = (host: string) => ({ port: (server.address() as AddressInfo).port, root, host });

test('nothing changes while nothing changes', async () => {
  const { leaf } = live;
  expect(await live.refresh()).toBe(false);
  expect(live.leaf).toBe(leaf);
});

test('another address is in the certificate of the next connection, and those that are open stay', async () => {
  const open = await connectTo(asked('192.168.1.20'));
  computer = at('10.0.0.7');
  expect(await verdict(asked('10.0.0.7'))).not.toBe('believed');

  expect(await live.refresh()).toBe(true);
  expect(await verdict(asked('10.0.0.7'))).toBe('believed');
  expect(await verdict(asked('192.168.1.20'))).not.toBe('believed');

  open.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const [answer] = await once(open, 'data');
  expect(String(answer)).toContain('200 OK');
  open.destroy();
});

test('an old one is renewed before it expires', async () => {
  const first = live.leaf;
  nowMs = first.expiresAtMs - 21 * DAY_MS;
  expect(await live.refresh()).toBe(false);
  nowMs = first.expiresAtMs - 19 * DAY_MS;
  expect(await live.refresh()).toBe(true);
  expect(live.leaf.expiresAtMs).toBeGreaterThan(first.expiresAtMs);
  expect(live.leaf.certificatePem).not.toBe(first.certificatePem);
});

test('names that the root does not vouch for are left out: one of them would make all the others worthless', async () => {
  computer = at('192.168.1.20', 'bobs-pc.example.com');
  expect(await live.refresh()).toBe(true);
  expect(live.leaf.names.dnsNames).toEqual(['localhost', 'bobs-pc.local']);
  for (const host of ['localhost', 'bobs-pc.local', '192.168.1.20']) {
    expect(await verdict(asked(host))).toBe('believed');
  }
});

test('addresses of the internet are left out, for the same reason', async () => {
  computer = at('203.0.113.5');
  expect(await live.refresh()).toBe(true);
  expect(live.leaf.names.addresses).toEqual([]);
  expect(await verdict(asked('alice-pc.local'))).toBe('believed');
});
