import type { PresenceEvent } from '@ferry/shared';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { signInNode, signInWith } from '../../testing/nodes.ts';
import { refused } from '../../testing/refused.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { type TestBrowser, type TestServer, testServer } from '../../testing/test-server.ts';
import { watchSocket } from '../../testing/watch-socket.ts';

let dataDir: string;
let server: TestServer;
let ann: TestBrowser;
let ben: TestBrowser;
beforeEach(async () => {
  dataDir = temporaryFolder();
  server = await testServer({ DATA_DIR: dataDir });
  [ann, ben] = [await server.user('ann'), await server.user('ben')];
});
afterEach(() => server.close());

test('a node is made with a token that is told once and of which the database has only the hash', async () => {
  const { node, token } = await ben.http.nodes.create.mutate({ name: ' Cellar ' });
  expect(token).toMatch(/^ferry-node_[\w-]{43}$/);
  expect(node).toMatchObject({ name: 'Cellar', lastSeenAt: null, isOnline: false, offeredBytes: 0, usedBytes: 0 });
  expect(await ben.http.nodes.list.query()).toEqual([node]);
  const { sqlite, close } = openDatabase(dataDir);
  const rows = sqlite.prepare('SELECT hex(token_hash) AS hash, node_id FROM node_tokens').all();
  close();
  expect(rows).toEqual([{ hash: expect.stringMatching(/^[0-9A-F]{64}$/), node_id: node.nodeId }]);
});

test('it signs in with its token, and is who it is', async () => {
  const { node, token } = await ben.http.nodes.create.mutate({ name: 'Cellar' });
  const cellar = server.browser(node.nodeId);
  const { userId } = (await ben.http.auth.me.query())!;
  expect(await cellar.http.auth.signInNode.mutate({ token })).toEqual({ userId, nodeId: node.nodeId, name: 'Cellar' });
  expect(cellar.setCookie).toMatch(/^ferry_session=[\w-]{43}; .*HttpOnly; SameSite=Lax/);
  await cellar.openInbox().started;
  expect(await ben.http.nodes.list.query()).toMatchObject([{ isOnline: true, lastSeenAt: expect.any(Number) }]);
});

test('a wrong token is refused; after a hundred from one address they wait, and people still get in', async () => {
  const guess = () => refused(server.browser().http.auth.signInNode.mutate({ token: `ferry-node_${'A'.repeat(43)}` }));
  expect(await guess()).toMatchObject({ ferryCode: 'wrong-credentials', httpStatus: 401 });
  await Promise.all(Array.from({ length: 99 }, guess));
  const limited = await guess();
  expect(limited).toMatchObject({ ferryCode: 'rate-limited', httpStatus: 429 });
  expect(limited.retryAfterMs).toBeGreaterThan(0);
  expect(await server.browser().signIn('ben')).toMatchObject({ username: 'ben' });
});

test('of two programs with one token the later one stays', async () => {
  const { node, token } = await ben.http.nodes.create.mutate({ name: 'Cellar' });
  const first = await signInWith(server, token, node.nodeId);
  const { started, ended } = watchSocket(first);
  await started;
  const second = await signInWith(server, token, node.nodeId);
  await ended;
  expect(await refused(first.http.catalog.key.query())).toMatchObject({ ferryCode: 'unauthenticated' });
  expect(await second.http.catalog.key.query()).toMatchObject({ jwk: {} });
});

test('once removed it is out at once: its socket, its session and its token', async () => {
  const { node, token } = await ben.http.nodes.create.mutate({ name: 'Cellar' });
  const cellar = await signInWith(server, token, node.nodeId);
  const { started, ended } = watchSocket(cellar);
  await started;
  const others = { nodeId: node.nodeId };
  expect(await refused(ann.http.nodes.remove.mutate(others))).toMatchObject({ ferryCode: 'not-found' });
  await ben.http.nodes.remove.mutate({ nodeId: node.nodeId });
  await ended;
  expect(await refused(cellar.http.catalog.key.query())).toMatchObject({ ferryCode: 'unauthenticated' });
  expect(await refused(signInWith(server, token, node.nodeId))).toMatchObject({ ferryCode: 'wrong-credentials' });
  expect(await ben.http.nodes.list.query()).toEqual([]);
  expect(await refused(ben.http.nodes.remove.mutate({ nodeId: node.nodeId }))).toMatchObject({
    ferryCode: 'not-found',
  });
});

test('a browser cannot be removed as if it were a node', async () => {
  await ben.openInbox().started;
  const call = ben.http.nodes.remove.mutate({ nodeId: ben.deviceId });
  expect(await refused(call)).toMatchObject({ ferryCode: 'not-found' });
});

test('nobody is online because their node is, and nobody can send to it', async () => {
  const events: PresenceEvent[] = [];
  ann.live.people.watch.subscribe(undefined, { onData: (event) => events.push(event) });
  await vi.waitFor(() => expect(events).toHaveLength(1));
  const cellar = await signInNode(server, ben);
  await cellar.openInbox().started;
  const later = await peopleNow(cellar);
  expect(later.find(({ username }) => username === 'ben')).toMatchObject({ devices: [], lastSeenAt: null });
  await ben.openInbox().started;
  await vi.waitFor(() => {
    const last = events.at(-1)!;
    const devices = last.type === 'changed' && last.person.username === 'ben' ? last.person.devices : [];
    expect(devices).toEqual([{ deviceId: ben.deviceId, name: 'Test' }]);
  });
});

async function peopleNow(browser: TestBrowser) {
  const { promise, resolve } = Promise.withResolvers<PresenceEvent>();
  browser.live.people.watch.subscribe(undefined, { onData: resolve });
  const event = await promise;
  return event.type === 'snapshot' ? event.people : [];
}

test('one person has at most twenty', async () => {
  for (let made = 0; made < 20; made++) await ben.http.nodes.create.mutate({ name: `Rack ${made}` });
  expect(await refused(ben.http.nodes.create.mutate({ name: 'One more' }))).toMatchObject({ ferryCode: 'too-many' });
  await ann.http.nodes.create.mutate({ name: 'Of somebody else' });
  expect((await ben.http.nodes.list.query()).map(({ name }) => name)).toHaveLength(20);
});
