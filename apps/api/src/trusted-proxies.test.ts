import { afterEach, expect, test } from 'vitest';
import { loggedServer } from './testing/logged-server.ts';
import { trustedProxies } from './trusted-proxies.ts';

test.each([
  [false, [false, false]],
  [1, [true, false]],
  [2, [true, true]],
  [['203.0.113.0/24'], [true, true]],
  [['198.51.100.1'], [false, false]],
] as const)('with %j, whoever is connected here and whoever is connected there are believed: %j', (trust, believed) => {
  const isProxy = trustedProxies(typeof trust === 'object' ? [...trust] : trust);
  expect([isProxy('203.0.113.1', 0), isProxy('203.0.113.2', 1)]).toEqual(believed);
});

let server: Awaited<ReturnType<typeof loggedServer>>;
afterEach(() => server?.close());

test.each([
  ['false', '127.0.0.1'],
  ['true', '192.0.2.2'],
  ['2', '192.0.2.1'],
  ['127.0.0.1', '192.0.2.2'],
])('TRUST_PROXY=%s: the client is at %s', async (trust, address) => {
  server = await loggedServer({ TRUST_PROXY: trust });
  await fetch(`${server.url}/unknown`, { headers: { 'x-forwarded-for': '192.0.2.1, 192.0.2.2' } });
  const line = server.lines().find(({ msg }) => msg === 'incoming request');
  expect(line).toMatchObject({ req: { ip: address } });
});
