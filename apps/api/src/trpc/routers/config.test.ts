import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { freeUdpPortPair } from '../../testing/free-ports.ts';
import { refused } from '../../testing/refused.ts';
import { type TestBrowser, type TestServer, testServer } from '../../testing/test-server.ts';

let server: TestServer;
afterEach(() => server.close());

const ask = (browser: TestBrowser) => browser.http.config.ice.query({ deviceId: browser.deviceId });

/** As a browser that came by another name, which this computer need not know. */
async function askVia(app: FastifyInstance, browser: TestBrowser, headers: Record<string, string>) {
  const input = encodeURIComponent(JSON.stringify({ deviceId: browser.deviceId }));
  const url = `/trpc/config.ice?input=${input}`;
  const response = await app.inject({ url, headers: { cookie: browser.cookie!, ...headers } });
  return response.json().result.data;
}

test('only who is signed in is told', async () => {
  server = await testServer();
  expect(await refused(ask(server.browser()))).toMatchObject({ ferryCode: 'unauthenticated' });
});

test('the own STUN server comes first, then the others, then the relay with credentials of this device', async () => {
  const port = await freeUdpPortPair();
  server = await testServer({
    STUN_PORT: `${port}`,
    STUN_URLS: 'stun:stun.example.com',
    TURN_URLS: 'turn:turn.example.com',
    TURN_SECRET: 'a secret of 16 bytes',
    TURN_TTL_S: '600',
  });
  const browser = await server.user('alice');
  const { iceServers, expiresAt, probeUrls } = await ask(browser);
  expect(iceServers).toEqual([
    { urls: [`stun:127.0.0.1:${port}`, 'stun:stun.example.com'] },
    {
      urls: ['turn:turn.example.com'],
      username: expect.stringMatching(new RegExp(`^\\d+:[^:]+:${browser.deviceId}$`)),
      credential: expect.any(String),
    },
  ]);
  expect(expiresAt! - Date.now()).toBeGreaterThan(590_000);
  expect(expiresAt! - Date.now()).toBeLessThanOrEqual(600_000);
  expect(probeUrls).toEqual([`stun:127.0.0.1:${port + 1}`]);
});

test('without any server there is nothing to tell', async () => {
  server = await testServer();
  expect(await ask(await server.user('alice'))).toEqual({ iceServers: [], expiresAt: null, probeUrls: [] });
});

describe('the own STUN server has the name', () => {
  test.each([
    ['that the browser used', {}, { host: 'ferry.lan:3000' }, 'ferry.lan'],
    ['that the browser used, an IPv6 address', {}, { host: '[2001:db8::5]:3000' }, '[2001:db8::5]'],
    ['that is public', { PUBLIC_ORIGIN: 'https://ferry.example.com' }, { host: '127.0.0.1:3000' }, 'ferry.example.com'],
    [
      'that a believed proxy was asked for',
      { TRUST_PROXY: '1' },
      { host: '127.0.0.1:3000', 'x-forwarded-host': 'ferry.lan', 'x-forwarded-for': '10.0.0.9' },
      'ferry.lan',
    ],
  ])('%s', async (_which, variables, headers, host) => {
    const port = await freeUdpPortPair();
    server = await testServer({ STUN_PORT: `${port}`, STUN_HOST: '0.0.0.0', ...variables });
    const browser = server.browser();
    const response = await server.app.inject({
      method: 'POST',
      url: '/trpc/auth.register',
      payload: { username: 'alice', password: 'correct horse battery' },
    });
    browser.cookie = String(response.headers['set-cookie']).split(';')[0];
    const { iceServers, probeUrls } = await askVia(server.app, browser, headers as Record<string, string>);
    expect(iceServers).toEqual([{ urls: [`stun:${host}:${port}`] }]);
    expect(probeUrls).toEqual([`stun:${host}:${port + 1}`]);
  });
});

test('a STUN server that only this computer reaches is offered to nobody else', async () => {
  server = await testServer({ STUN_PORT: `${await freeUdpPortPair()}` });
  const browser = await server.user('alice');
  const { iceServers, probeUrls } = await askVia(server.app, browser, { host: 'ferry.lan' });
  expect([iceServers, probeUrls]).toEqual([[], []]);
});

test('the STUN server ends with the server', async () => {
  const port = await freeUdpPortPair();
  const first = await testServer({ STUN_PORT: `${port}` });
  await first.close();
  server = await testServer({ STUN_PORT: `${port}` });
  expect((await ask(await server.user('alice'))).iceServers).toEqual([{ urls: [`stun:127.0.0.1:${port}`] }]);
});
