import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { scrape } from '../testing/exposition.ts';
import { refused } from '../testing/refused.ts';
import { type TestServer, testServer } from '../testing/test-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await testServer();
});
afterEach(() => server.close());

const value = async (name: string, labels?: Record<string, string>) => (await scrape(server.url)).value(name, labels);

test('every series with a closed set of labels is there before anything happens, with 0', async () => {
  const { series } = await scrape(server.url);
  const valuesOf = (name: string, label: string) =>
    series.filter((one) => one.name === name && one.value === 0).map(({ labels }) => labels[label]);
  expect(valuesOf('ferry_signals_total', 'delivery')).toEqual(['delivered', 'offline']);
  expect(valuesOf('ferry_transfers_announced_total', 'route')).toEqual(['lan', 'direct', 'relayed']);
  expect(valuesOf('ferry_no_path_total', 'reason')).toContain('relay-missing');
  expect(valuesOf('ferry_sign_ins_total', 'outcome')).toContain('rate-limited');
  expect(valuesOf('ferry_sqlite_seconds_count', 'operation')).toContain('update');
});

test('people who register and sign in are counted, by outcome', async () => {
  await server.user('ann');
  await server.browser().signIn('ann');
  await refused(server.browser().signIn('ann', 'not the password'));
  await refused(server.browser().signIn('nobody', 'not the password'));
  await refused(server.user('ann'));
  for (let round = 0; round < 10; round++) await refused(server.browser().signIn('ann', 'not the password'));
  const now = await scrape(server.url);
  expect(now.value('ferry_registrations_total')).toBe(1);
  expect(now.value('ferry_sign_ins_total', { outcome: 'succeeded' })).toBe(1);
  expect(now.value('ferry_sign_ins_total', { outcome: 'wrong-credentials' })).toBe(11);
  expect(now.value('ferry_sign_ins_total', { outcome: 'rate-limited' })).toBe(1);
});

test('devices and people online, as colleagues see them', async () => {
  const [ann, ben] = [await server.user('ann'), await server.user('ben')];
  const second = server.browser();
  second.cookie = ann.cookie;
  await Promise.all([ann, ben, second].map((browser) => browser.openInbox().started));
  expect([await value('ferry_users_online'), await value('ferry_devices_online')]).toEqual([2, 3]);
  await second.disconnect();
  await vi.waitFor(async () => expect(await value('ferry_devices_online')).toBe(2), 10_000);
  expect(await value('ferry_users_online')).toBe(2);
});

test('sockets, also of pages where nobody signed in', async () => {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/trpc`, { headers: { origin: server.url } });
  await new Promise((resolve) => socket.once('open', resolve));
  expect(await value('ferry_sockets_open')).toBe(1);
  socket.close();
  await vi.waitFor(async () => expect(await value('ferry_sockets_open')).toBe(0), 10_000);
});

test('signals, by whether somebody was there to get them', async () => {
  const [ann, ben] = [await server.user('ann'), await server.user('ben')];
  await Promise.all([ann.openInbox().started, ben.openInbox().started]);
  const send = (to: string) => ann.live.signals.send.mutate({ from: ann.deviceId, to, payload: 'x' });
  await send(ben.deviceId);
  await send(ben.deviceId);
  await send(randomUUID());
  const now = await scrape(server.url);
  expect(now.value('ferry_signals_total', { delivery: 'delivered' })).toBe(2);
  expect(now.value('ferry_signals_total', { delivery: 'offline' })).toBe(1);
});

test('requests, by the route that answered: no path that somebody makes up becomes a label', async () => {
  for (let round = 0; round < 30; round++) {
    await fetch(`${server.url}/trpc/${randomUUID()}`);
    await fetch(`${server.url}/made/up/${randomUUID()}`, { method: 'DELETE' });
    await fetch(`${server.url}/${randomUUID()}?a=b`);
  }
  const requests = await vi.waitFor(async () => {
    const { series } = await scrape(server.url);
    const answered = series.filter(
      ({ name, labels }) => name === 'ferry_http_requests_total' && labels.status === '4xx',
    );
    expect(answered.reduce((sum, one) => sum + one.value, 0)).toBe(90);
    return answered;
  }, 10_000);
  // Whether the site is built decides whether its pages have a route of their own.
  const isPattern = (route = '') => ['/trpc/:path', '/*', 'none'].includes(route);
  expect(requests.filter(({ labels }) => !isPattern(labels.route))).toEqual([]);
});

test('a WebSocket is no request that takes hours', async () => {
  const ann = await server.user('ann');
  await ann.openInbox().started;
  await ann.disconnect();
  await vi.waitFor(async () => expect(await value('ferry_sockets_open')).toBe(0), 10_000);
  const { series } = await scrape(server.url);
  expect(series.filter(({ labels }) => labels.route === '/trpc')).toEqual([]);
});

test('how ready it is', async () => {
  expect(await value('ferry_ready')).toBe(1);
});

test('time inside SQLite, by kind of statement', async () => {
  const ann = await server.user('ann');
  await ann.openInbox().started;
  const now = await scrape(server.url);
  for (const operation of ['select', 'insert', 'other']) {
    expect(now.value('ferry_sqlite_seconds_count', { operation })).toBeGreaterThan(0);
    expect(now.value('ferry_sqlite_seconds_sum', { operation })).toBeGreaterThan(0);
  }
});

test('two servers in one process count apart', async () => {
  const other = await testServer();
  await other.user('ann');
  expect(await value('ferry_registrations_total')).toBe(0);
  expect((await scrape(other.url)).value('ferry_registrations_total')).toBe(1);
  await other.close();
});
