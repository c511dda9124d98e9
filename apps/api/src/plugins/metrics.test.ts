import { networkInterfaces } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { build } from '../app.ts';
import { readEnv } from '../env.ts';
import { loggedServer } from '../testing/logged-server.ts';
import { type TestServer, testServer } from '../testing/test-server.ts';

let server: TestServer;
afterEach(() => server?.close());

/** All of an answer that tells it from another one. */
async function answer(url: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, { headers });
  const { date: _date, 'x-request-id': _id, ...rest } = Object.fromEntries(response.headers);
  return { status: response.status, headers: rest, body: await response.text() };
}

test('a program on this computer gets Prometheus’ text, and no cache keeps it', async () => {
  server = await testServer();
  const { status, headers, body } = await answer(`${server.url}/metrics`);
  expect(status).toBe(200);
  expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(headers['cache-control']).toBe('no-store');
  expect(body).toMatch(/^ferry_build_info\{version="\d+\.\d+\.\d+"\} 1$/m);
  expect(body).toMatch(/^process_cpu_seconds_total /m);
  expect(body).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
});

test.each<Record<string, string>>([
  { 'x-forwarded-for': '203.0.113.9' },
  { forwarded: 'for=203.0.113.9' },
  { 'x-real-ip': '203.0.113.9' },
])('through a proxy on this computer (%o) it is not there, just like any other unknown path', async (headers) => {
  server = await testServer({ TRUST_PROXY: 'true' });
  const denied = await answer(`${server.url}/metrics`, headers);
  expect(denied.status).toBe(404);
  expect(denied).toEqual(await answer(`${server.url}/unknown`, headers));
  const page = { ...headers, accept: 'text/html' };
  expect(await answer(`${server.url}/metrics`, page)).toEqual(await answer(`${server.url}/unknown`, page));
});

test('with a token it is there for whoever shows that, and for nobody else', async () => {
  const METRICS_TOKEN = 'long enough to be secret';
  server = await testServer({ METRICS_TOKEN });
  const status = async (headers: Record<string, string>) => (await answer(`${server.url}/metrics`, headers)).status;
  expect(await status({})).toBe(404);
  expect(await status({ authorization: 'Bearer something else' })).toBe(404);
  expect(await status({ authorization: `Bearer ${METRICS_TOKEN}` })).toBe(200);
  expect(await status({ authorization: `Bearer ${METRICS_TOKEN}`, 'x-forwarded-for': '203.0.113.9' })).toBe(200);
});

test('being read is not logged, a refusal is, without the token that was shown', async () => {
  const logged = await loggedServer({ METRICS_TOKEN: 'long enough to be secret' });
  const read = (token: string) => fetch(`${logged.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  const linesBefore = logged.lines().length;
  await read('long enough to be secret');
  expect(logged.lines()).toHaveLength(linesBefore);
  await read('a wrong one');
  const [line, ...others] = logged.lines().slice(linesBefore);
  expect(line).toMatchObject({ level: 40, msg: 'refused to show the metrics', req: { ip: '127.0.0.1' } });
  expect(others).toEqual([]);
  expect(logged.text()).not.toMatch(/a wrong one|long enough/);
  await logged.close();
});

const outside = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4');

test.skipIf(!outside)('to another computer it is not there', async () => {
  const app = await build(readEnv({ DATA_DIR: ':memory:', STUN_PORT: '0', LOG_LEVEL: 'silent' }));
  await app.listen({ port: 0, host: '0.0.0.0' });
  const { port } = app.server.address() as { port: number };
  const [here, there] = [`http://127.0.0.1:${port}/metrics`, `http://${outside!.address}:${port}/metrics`];
  expect([(await fetch(here)).status, (await fetch(there)).status]).toEqual([200, 404]);
  await app.close();
});
