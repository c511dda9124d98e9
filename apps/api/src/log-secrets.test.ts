import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { file, found, share } from './testing/catalog-sharing.ts';
import { loggedServer } from './testing/logged-server.ts';
import { refused } from './testing/refused.ts';

let server: Awaited<ReturnType<typeof loggedServer>>;
afterEach(() => server.close());

/** What a client sends as it likes, past every HTTP library. */
async function sendRaw(text: string): Promise<void> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
  socket.on('error', () => {});
  socket.end(text);
  socket.resume();
  await once(socket, 'close');
}

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  fetch(server.url + path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

const eventually = (check: () => void) => vi.waitFor(check, 10_000);

/** Bytes are written as numbers, where somebody logs a buffer. */
function expectNo(secret: string, text: string): void {
  expect(text).not.toContain(secret);
  expect(text).not.toContain([...Buffer.from(secret)].join(','));
}

/** Where it is, and how it is sent. */
const SECRETS: [string, () => Promise<unknown>][] = [
  ['a query', () => fetch(`${server.url}/trpc/auth.me?input=hush&batch=hush`)],
  ['the query of a page', () => fetch(`${server.url}/register?invite=hush`, { headers: { accept: 'text/html' } })],
  ['a cookie', () => fetch(`${server.url}/trpc/auth.me`, { headers: { cookie: 'ferry_session=hush; hush=hush' } })],
  ['a token', () => fetch(`${server.url}/unknown`, { headers: { authorization: 'Bearer hush' } })],
  [
    'headers that programs like to log',
    () =>
      fetch(`${server.url}/unknown`, {
        headers: { 'user-agent': 'hush', referer: 'http://hush/', 'x-request-id': 'hush', 'x-forwarded-for': 'hush' },
      }),
  ],
  ['a foreign origin', () => post('/trpc/auth.signOut', '{}', { origin: 'https://evil.example/?hush' })],
  ['a password', () => post('/trpc/auth.signIn', JSON.stringify({ username: 'hush', password: 'hush hush hush' }))],
  ['a body that is no JSON', () => post('/trpc/auth.signIn', '{"password": hush}')],
  ['a body of the wrong kind', () => post('/trpc/auth.signIn', 'hush', { 'content-type': 'text/hush' })],
  ['a body that is too large', () => post('/trpc/auth.signIn', `"${'hush'.repeat(50_000)}"`).catch(() => {})],
  ['a search', () => post('/trpc/catalog.search', JSON.stringify({ query: 'hush', limit: 10 }))],
  ['a search in a URL', () => fetch(`${server.url}/trpc/catalog.search?input={"query":"hush","limit":10}`)],
  ['a procedure that does not exist', () => post('/trpc/auth.signIn?batch=1', '{"0":"hush"}')],
];

describe.each([
  ['no proxy is trusted', 'false'],
  ['one is', 'true'],
])('nothing that is secret gets into the log, where %s:', (_name, trust) => {
  test.each(SECRETS)('%s', async (_what, send) => {
    server = await loggedServer({ TRUST_PROXY: trust });
    await send();
    await eventually(() => expect(server.message('request completed').length).toBeGreaterThan(0));
    const text = server.text();
    // This one is no secret where a proxy says it, but how log lines are found again.
    expectNo('hush', trust === 'true' ? text.replaceAll('"reqId":"hush"', '') : text);
  });
});

test('nor what is no proper HTTP', async () => {
  server = await loggedServer();
  await sendRaw('GET / HTTP/1.1\r\nHost: x\r\nhush hush\r\n\r\n');
  await sendRaw(`GET / HTTP/1.1\r\nHost: x\r\nCookie: ${'hush'.repeat(10_000)}\r\n\r\n`);
  await eventually(() => expect(server.lines().filter(({ msg }) => msg.startsWith('client'))).toHaveLength(2));
  await sendRaw('GET http://hush:hush@localhost/hush HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  await sendRaw('GET /%zz?hush HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect(server.message('incoming request').map(({ req }) => req)).toContainEqual(
    expect.objectContaining({ path: '(not a path)' }),
  );
  expectNo('hush', server.text());
});

test('nor what an error quotes, however it is logged', async () => {
  const quoting = () => JSON.parse('hush');
  server = await loggedServer({}, (app) => {
    app.get('/throws', async () => quoting());
    app.get('/logs', async (request) => {
      try {
        quoting();
      } catch (error) {
        request.log.error(error);
        request.log.error({ err: error });
        request.log.error({ err: error }, 'with words');
        request.log.error({ err: new Error('hush', { cause: error }) }, 'with a cause');
        throw Object.assign(new Error('hush'), { statusCode: 400, code: 'FST_ERR_X' });
      }
    });
  });
  expect((await fetch(`${server.url}/throws`)).status).toBe(500);
  expect((await fetch(`${server.url}/logs`)).status).toBe(400);
  const errors = server.lines().filter(({ err }) => err !== undefined);
  expect(errors.map(({ level, msg }) => [level, msg])).toEqual([
    [50, 'an error'],
    [50, 'an error'],
    [50, 'an error'],
    [50, 'with words'],
    [50, 'with a cause'],
    [30, 'an error'],
  ]);
  expectNo('hush', server.text());
});

test('nor what people send each other, nor their names, nor their passwords', async () => {
  server = await loggedServer();
  const [ann, ben] = [await server.user('hush-ann'), await server.user('hush-ben')];
  await Promise.all([ann, ben].map((browser) => browser.openInbox().started));
  const signal = { from: ann.deviceId, to: ben.deviceId, payload: 'hush: report.pdf' };
  expect(await ann.live.signals.send.mutate(signal)).toBe('delivered');
  expect(await refused(ann.live.signals.send.mutate({ ...signal, to: 'hush' }))).toMatchObject({
    ferryCode: 'invalid',
  });
  const loud = await server.socket({ cookie: 'hush=hush' });
  loud.send('{"hush": ');
  loud.send('hush'.repeat(30_000));
  await once(loud, 'close');
  const polite = await server.socket();
  polite.close(4321, 'hush');
  await eventually(() => expect(server.message('socket closed')).toHaveLength(2));
  const text = server.text();
  for (const secret of ['hush', 'report.pdf', 'correct horse', ann.cookie!.split('=')[1]!]) expectNo(secret, text);
});

test('nor what people list, nor what they look for', async () => {
  server = await loggedServer();
  const ann = await server.user('ann');
  const shareId = await share(ann, { title: 'hush folder', files: [file('hush/hush.pdf', 'hush')] });
  expect(await found(ann, 'hush')).not.toEqual([]);
  const place = { shareId, path: 'hush/hush.pdf' };
  const { deviceId, http, live } = ann;
  await http.catalog.details.query(place);
  await live.catalog.details.query(place);
  await http.catalog.children.query({ shareId, path: 'hush', offset: 0, limit: 10 });
  await http.catalog.grant.mutate({ deviceId, ...place });
  await http.catalog.saved.save.mutate({ savedSearchId: randomUUID(), query: 'hush' });
  await refused(http.catalog.details.query({ shareId, path: 'hush/never' }));
  await refused(
    live.catalog.publish.mutate({ deviceId, shareId, baseRevision: 0, put: [file('../hush')], remove: [] }),
  );
  await eventually(() => expect(server.message('request completed').length).toBeGreaterThan(8));
  expectNo('hush', server.text());
  expectNo('hush', await (await fetch(`${server.url}/metrics`)).text());
});
