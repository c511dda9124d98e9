import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { userIdOf } from '../../testing/catalog-sharing.ts';
import { makeDeviceKeys, tellKeys } from '../../testing/device-keys.ts';
import { signInNode } from '../../testing/nodes.ts';
import { refused } from '../../testing/refused.ts';
import { type TestBrowser, type TestServer, testServer } from '../../testing/test-server.ts';

let server: TestServer;
let ann: TestBrowser;
let ben: TestBrowser;
beforeEach(async () => {
  server = await testServer();
  [ann, ben] = [await server.user('ann'), await server.user('ben')];
});
afterEach(() => server.close());

const keysOf = async (browser: TestBrowser) => ann.http.devices.keysOf.query({ userId: await userIdOf(browser) });

test('keys that a device told are given to colleagues, as they were told', async () => {
  expect(await keysOf(ben)).toEqual([]);
  const { keys } = await tellKeys(ben);
  await ben.http.devices.putKeys.mutate(keys);
  expect(await keysOf(ben)).toEqual([keys]);
  const second = server.browser();
  await second.signIn('ben');
  const { keys: others } = await tellKeys(second);
  expect(await keysOf(ben)).toHaveLength(2);
  expect(await keysOf(ben)).toContainEqual(others);
  expect(await keysOf(ann)).toEqual([]);
});

test('a device that lost its keys tells others, and the old ones are gone', async () => {
  await tellKeys(ben);
  const { keys } = await tellKeys(ben);
  expect(await keysOf(ben)).toEqual([keys]);
});

test('keys with a proof that is not theirs are refused, and nothing is kept', async () => {
  const { keys } = makeDeviceKeys(ben.deviceId);
  const swapped = { ...keys, agreement: makeDeviceKeys(ben.deviceId).keys.agreement };
  const call = ben.http.devices.putKeys.mutate(swapped);
  expect(await refused(call)).toMatchObject({ ferryCode: 'signature-invalid', httpStatus: 400 });
  expect(await keysOf(ben)).toEqual([]);
});

test('nobody tells keys for a device of somebody else', async () => {
  const { keys } = await tellKeys(ben);
  const forged = makeDeviceKeys(ben.deviceId).keys;
  expect(await refused(ann.http.devices.putKeys.mutate(forged))).toMatchObject({ ferryCode: 'device-taken' });
  expect(await keysOf(ben)).toEqual([keys]);
});

test('a node has keys for its receipts, and nothing is wrapped for it', async () => {
  const node = await signInNode(server, ben);
  await tellKeys(node);
  expect(await keysOf(ben)).toEqual([]);
});

test('who is not signed in is told nothing', async () => {
  const stranger = server.browser();
  const calls = [
    stranger.http.devices.keysOf.query({ userId: randomUUID() }),
    stranger.http.devices.putKeys.mutate(makeDeviceKeys(stranger.deviceId).keys),
  ];
  for (const call of calls) expect(await refused(call)).toMatchObject({ ferryCode: 'unauthenticated' });
});
