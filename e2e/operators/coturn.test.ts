import { readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import { expect, test } from 'vitest';
import { INFRA } from './compose-file.ts';
import { run } from './program.ts';

const RIGHT = {
  FERRY_HOST: 'ferry.example.com',
  TURN_SECRET: '0123456789abcdef',
  TURN_PUBLIC_ADDRESS: '127.0.0.1',
  TLS_MODE: 'acme',
};

test.each([
  [{ TURN_SECRET: '' }, 'TURN_SECRET is not set'],
  [{ TURN_SECRET: 'short' }, 'at least 16 characters'],
  [{ TURN_SECRET: '0123456789abcdef\nno-auth' }, 'has other characters'],
  [{ FERRY_HOST: '' }, 'must be a host name'],
  [{ TURN_HOST: 'https://turn.example.com' }, 'must be a host name'],
  [{ TURN_PUBLIC_ADDRESS: 'turn.example.com' }, 'must be an address such as'],
  [{ TURN_PUBLIC_ADDRESS: '203.0.113.99' }, 'Behind NAT, TURN_PUBLIC_ADDRESS is public/own'],
  [{ TURN_ALLOWED_PEERS: '10.0.0.0/8' }, 'must be ranges such as'],
  [{ TURN_MIN_PORT: '6000', TURN_MAX_PORT: '5000' }, 'must be below'],
  [{ TLS_MODE: 'letsencrypt' }, 'TLS_MODE must be'],
  [{ TLS_MODE: 'files' }, 'needs TURN_CERTIFICATE and TURN_KEY'],
])('the relay’s start with %j is refused in a sentence', (wrong, sentence) => {
  const { code, said } = run('/bin/sh', [`${INFRA}coturn/start.sh`], { ...RIGHT, ...wrong } as Record<string, string>);
  expect(said).toMatch(/^ferry-coturn: cannot start: /);
  expect(said).toContain(sentence);
  expect(code).toBe(64);
});

const closed = [...readFileSync(`${INFRA}coturn/turnserver.conf.template`, 'utf8').matchAll(/^denied-peer-ip=(.+)$/gm)]
  .map(([, range]) => range!.split('-') as [from: string, to: string])
  .map(([from, to]) => ({ from, to, family: isIP(from) === 6 ? 'ipv6' : 'ipv4' }) as const);

test('the relay’s closed ranges are ranges, none of which begins where coturn would take it for everything', () => {
  for (const { from, to, family } of closed) {
    expect(isIP(from)).toBeGreaterThan(0);
    expect(isIP(to)).toBe(isIP(from));
    if (family === 'ipv6') expect(from).not.toBe('::');
  }
});

test.each([
  ['10.1.2.3', '100.64.0.1', '127.0.0.1', '169.254.169.254', '172.31.255.254', '192.168.0.1', '198.18.0.1'],
  ['0.1.2.3', '192.0.2.1', '203.0.113.1', '224.0.0.251', '240.0.0.1', '255.255.255.255'],
  ['::1', '::7f00:1', '::ffff:10.0.0.1', '64:ff9b::a00:1', '2001:0:a::1', '2002:a00:1::1', '2001:db8::1'],
  ['fc00::1', 'fdff::1', 'fe80::1', 'febf::1', 'fec0::1', 'ff02::fb'],
])('closed are %s and their like', (...addresses) => {
  for (const address of addresses) expect([address, isClosed(address)]).toEqual([address, true]);
});

test.each(['1.1.1.1', '11.0.0.1', '100.128.0.1', '172.32.0.1', '223.255.255.255', '2a00:1450::1', '2606:4700::1'])(
  'people’s own public addresses are open: %s',
  (address) => {
    expect(isClosed(address)).toBe(false);
  },
);

function isClosed(address: string): boolean {
  return closed.some(({ from, to, family }) => {
    const list = new BlockList();
    list.addRange(from, to, family);
    return isIP(address) === (family === 'ipv6' ? 6 : 4) && list.check(address, family);
  });
}
