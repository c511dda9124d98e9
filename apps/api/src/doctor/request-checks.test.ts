import { describe, expect, test } from 'vitest';
import type { Env } from '../env.ts';
import type { Reached } from '../trpc/reached.ts';
import { checkOrigin } from './origin-check.ts';
import { checkProxy } from './proxy-check.ts';
import { mayBePublic } from './public-name.ts';
import { checkRegistration } from './registration-check.ts';

const HTTPS = 'https://ferry.example.com';

function reached(change: Partial<Reached> = {}): Reached {
  const direct = { address: '192.0.2.7', peer: '192.0.2.7', isForwarded: false, isForwardBelieved: false };
  return { origin: HTTPS, ...direct, ...change };
}

describe('the address that people use', () => {
  test.each([
    [HTTPS, HTTPS, 'origin.ok', { origin: HTTPS }],
    // A proxy that is not believed: another check is about that.
    [HTTPS, 'http://ferry.example.com', 'origin.ok', { origin: HTTPS }],
    [HTTPS, 'https://ferry', 'origin.differs', { origin: HTTPS, seen: 'https://ferry' }],
    [HTTPS, 'http://127.0.0.1:3000', 'origin.differs', { origin: HTTPS, seen: 'http://127.0.0.1:3000' }],
    ['http://ferry.lan:3000', 'http://ferry.lan:3000', 'origin.insecure', { origin: 'http://ferry.lan:3000' }],
    [undefined, 'http://10.0.0.5:3000', 'origin.insecure', { origin: 'http://10.0.0.5:3000' }],
    [undefined, 'https://10.0.0.5:3443', 'origin.unset', { seen: 'https://10.0.0.5:3443' }],
    [undefined, 'http://localhost:3000', 'origin.local', { origin: 'http://localhost:3000' }],
    [undefined, 'http://[::1]:3000', 'origin.local', { origin: 'http://[::1]:3000' }],
    ['http://127.0.0.1:3000', HTTPS, 'origin.local', { origin: 'http://127.0.0.1:3000' }],
  ])('PUBLIC_ORIGIN %s, reached by %s: %s', (PUBLIC_ORIGIN, origin, code, facts) => {
    expect(checkOrigin({ PUBLIC_ORIGIN }, reached({ origin }))).toMatchObject({ code, facts });
  });
});

describe('proxies', () => {
  const PROXY = { peer: '10.0.0.2', isForwarded: true };

  test.each<[string, Env['TRUST_PROXY'], Partial<Reached>, string, object]>([
    ['none, and none is believed', false, {}, 'proxy.none', { address: '192.0.2.7' }],
    ['one that nobody believes', false, { ...PROXY, address: '10.0.0.2' }, 'proxy.ignored', { proxy: '10.0.0.2' }],
    [
      'a believed one',
      1,
      { ...PROXY, isForwardBelieved: true },
      'proxy.believed',
      { proxy: '10.0.0.2', address: '192.0.2.7' },
    ],
    [
      'another than those believed',
      ['10.0.0.9'],
      { ...PROXY, address: '10.0.0.2' },
      'proxy.ignored',
      { proxy: '10.0.0.2' },
    ],
    ['none, but one would be believed', 1, {}, 'proxy.absent', { address: '192.0.2.7' }],
    ['none, but those of an address would be', ['10.0.0.9'], {}, 'proxy.none', { address: '192.0.2.7' }],
  ])('%s', (_what, TRUST_PROXY, change, code, facts) => {
    expect(checkProxy({ TRUST_PROXY }, reached(change))).toMatchObject({ code, facts });
  });
});

describe('registration', () => {
  test.each([
    ['closed', HTTPS, 'registration.closed'],
    ['invite', HTTPS, 'registration.invite'],
    ['open', HTTPS, 'registration.open-to-all'],
    ['open', 'https://ferry.corp', 'registration.open'],
    ['open', 'https://10.0.0.5', 'registration.open'],
    ['open', 'http://ferry.example.com', 'registration.open'],
  ] as const)('%s at %s: %s', (REGISTRATION, PUBLIC_ORIGIN, code) => {
    expect(checkRegistration({ REGISTRATION, PUBLIC_ORIGIN }, reached({ origin: 'http://localhost' })).code).toBe(code);
    expect(checkRegistration({ REGISTRATION, PUBLIC_ORIGIN: undefined }, reached({ origin: PUBLIC_ORIGIN })).code).toBe(
      code,
    );
  });
});

test.each([
  ['ferry.example.com', true],
  ['8.8.8.8', true],
  ['[2001:4860:4860::8888]', true],
  ['ferry', false],
  ['localhost', false],
  ['ferry.local', false],
  ['files.home.arpa', false],
  ['192.168.1.5', false],
  ['[fd00::5]', false],
])('%s may be reached from anywhere: %s', (host, expected) => {
  expect(mayBePublic(host)).toBe(expected);
});
