import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { freeTcpPort } from '../../../api/src/testing/free-ports.ts';
import { type TestBrowser, type TestServer, testServer } from '../../../api/src/testing/test-server.ts';
import { openLog } from '../log.ts';
import type { StopReason } from '../stop-reason.ts';
import { ServerLink } from './server-link.ts';

let server: TestServer;
let ben: TestBrowser;
beforeEach(async () => {
  server = await testServer();
  ben = await server.user('ben');
});
afterEach(() => server.close());

interface Opened {
  link: Promise<ServerLink>;
  stops: StopReason[];
  said: () => string;
}

function open(token: string, origin = server.url): Opened {
  const stops: StopReason[] = [];
  const lines: string[] = [];
  const ending = new AbortController();
  const link = ServerLink.open({
    origin,
    signIn: (api) => api.auth.signInNode.mutate({ token }),
    log: openLog('debug', { write: (line) => void lines.push(line) }),
    onStop: (reason) => stops.push(reason),
    signal: ending.signal,
  });
  onTestFinished(async () => {
    ending.abort();
    await link.then(
      (opened) => opened.close(),
      () => {},
    );
  });
  return { link, stops, said: () => lines.join('') };
}

const isOnline = async () => (await ben.http.nodes.list.query())[0]?.isOnline;

test('a node is online as itself, and signals go both ways', async () => {
  const { node, token } = await ben.http.nodes.create.mutate({ name: 'Cellar' });
  const link = await open(token).link;
  const signaling = link.join();
  expect(link.device).toMatchObject({ nodeId: node.nodeId, name: 'Cellar' });
  await expect.poll(isOnline).toBe(true);
  const inbox = ben.openInbox();
  await inbox.started;
  const heard = new Promise((resolve) => signaling.events.on('signal', resolve));
  await ben.live.signals.send.mutate({ from: ben.deviceId, to: node.nodeId, payload: 'offer' });
  expect(await heard).toEqual({ from: ben.deviceId, payload: 'offer' });
  await signaling.send(ben.deviceId, 'answer');
  await expect
    .poll(() => inbox.signals.map(({ signal }) => signal))
    .toMatchObject([{ fromDevice: node.nodeId, payload: 'answer' }]);
  expect((await link.rtcConfiguration()).iceServers).toEqual([]);
});

test('a device that comes online is said to be available', async () => {
  const { token } = await ben.http.nodes.create.mutate({ name: 'Cellar' });
  const link = await open(token).link;
  const came: string[] = [];
  link.join().events.on('available', ({ peerId }) => came.push(peerId));
  await ben.openInbox().started;
  await expect.poll(() => came).toContain(ben.deviceId);
});

test('a session that ended is replaced by another one, and the node is online again', async () => {
  const { token } = await ben.http.nodes.create.mutate({ name: 'Cellar' });
  const { link, said, stops } = open(token);
  (await link).join();
  await expect.poll(isOnline).toBe(true);
  // Somebody signs in with the same token once.
  await server.browser().http.auth.signInNode.mutate({ token });
  await expect.poll(said).toContain('was lost');
  await expect.poll(() => said().match(/Connected to the server/g), { timeout: 10_000 }).toHaveLength(2);
  await expect.poll(isOnline).toBe(true);
  expect(stops).toEqual([]);
});

test('a token that nobody was told is a reason to stop', async () => {
  await expect(open(`ferry-node_${'A'.repeat(43)}`).link).rejects.toMatchObject({
    code: 'token-refused',
    message: 'The server refused the token. Make a new one in Settings → Computers that keep pieces.',
  });
});

test('a node that is removed while it runs stops', async () => {
  const { node, token } = await ben.http.nodes.create.mutate({ name: 'Cellar' });
  const { link, stops } = open(token);
  (await link).join();
  await expect.poll(isOnline).toBe(true);
  await ben.http.nodes.remove.mutate({ nodeId: node.nodeId });
  await expect.poll(() => stops.map(({ code }) => code), { timeout: 10_000 }).toContain('token-refused');
});

test('a server that is not there yet is waited for, and that is said once', async () => {
  const port = await freeTcpPort();
  const { token } = await ben.http.nodes.create.mutate({ name: 'Cellar' });
  const { link, said } = open(token, `http://127.0.0.1:${port}`);
  await delay(1500);
  expect(said().match(/cannot be reached: ECONNREFUSED/g)).toHaveLength(1);
  const door = createServer((socket) => {
    const inside = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.pipe(inside).pipe(socket);
    for (const each of [socket, inside]) each.on('error', () => {});
  });
  door.listen(port, '127.0.0.1');
  onTestFinished(() => void door.close());
  (await link).join();
  await expect.poll(isOnline).toBe(true);
});
