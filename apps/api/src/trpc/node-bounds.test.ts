import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { signInNode } from '../testing/nodes.ts';
import { refused } from '../testing/refused.ts';
import { type TestBrowser, type TestServer, testServer } from '../testing/test-server.ts';
import { checkNodeCall } from './node-bounds.ts';
import { appRouter } from './router.ts';

let server: TestServer;
let ann: TestBrowser;
let node: TestBrowser;
beforeEach(async () => {
  server = await testServer();
  ann = await server.user('ann');
  node = await signInNode(server, ann);
});
afterEach(() => server.close());

async function codeOf(procedure: string, input: object): Promise<string | undefined> {
  const response = await fetch(`${server.url}/trpc/${procedure}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url, cookie: node.cookie! },
    body: JSON.stringify(input),
  });
  // A subscription answers with events, the others with JSON.
  return /"ferryCode":"([\w-]+)"/.exec(await response.text())?.[1];
}

const ALLOWED = new Set([
  ...['auth.signInNode', 'auth.signOut', 'catalog.key', 'config.ice', 'devices.putKeys', 'people.watch'],
  ...['signals.inbox', 'signals.send', 'store.audited', 'store.duties', 'store.held', 'store.inventory', 'store.offer'],
  ...['store.released', 'store.renewLease', 'store.repaired', 'store.report', 'store.watch'],
]);

test('a node is refused every procedure but the few that it needs: it lists, opens and deletes nothing', async () => {
  const others = Object.keys(appRouter._def.procedures).filter((name) => !ALLOWED.has(name));
  expect(others).toEqual(expect.arrayContaining(['store.list', 'store.open', 'store.remove', 'invites.create']));
  for (const name of others) expect([name, await codeOf(name, {})]).toEqual([name, 'forbidden']);
});

test('a procedure that comes later is refused, too', () => {
  expect(() => checkNodeCall(node.deviceId, 'store.whatever', { deviceId: node.deviceId })).toThrow('forbidden');
  expect(() => checkNodeCall(node.deviceId, 'store.duties', { deviceId: node.deviceId })).not.toThrow();
});

test('it may have what it needs to connect, for its own device alone', async () => {
  expect(await node.http.config.ice.query({ deviceId: node.deviceId })).toMatchObject({ iceServers: [] });
  expect(await node.http.catalog.key.query()).toMatchObject({ jwk: { kty: 'EC' } });
  await node.openInbox().started;
  const signal = { to: ann.deviceId, payload: '{}' };
  expect(await node.live.signals.send.mutate({ from: node.deviceId, ...signal })).toBe('offline');

  expect(await refused(node.http.config.ice.query({ deviceId: randomUUID() }))).toMatchObject({
    ferryCode: 'forbidden',
  });
  // Neither the inbox nor the voice of its owner's browsers.
  await ann.openInbox().started;
  expect(await node.openInbox({ deviceId: ann.deviceId }).refused).toBe('forbidden');
  const forged = node.live.signals.send.mutate({ from: ann.deviceId, ...signal });
  expect(await refused(forged)).toMatchObject({ ferryCode: 'forbidden' });
});
