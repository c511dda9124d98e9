// Who is sent to those who hold a file from downloading it: over HTTP, with a catalog in a file.
import { capabilityClaimsSchema } from '@ferry/shared';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { contentIdOf, EVERYONE, file, hold, onlyFor, publish, share, userIdOf } from '../../testing/catalog-sharing.ts';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { type TestBrowser, type TestServer, testServer } from '../../testing/test-server.ts';

let server: TestServer;
let [ann, friend, mallory, helper]: TestBrowser[] = [];
let secret: string;
let claim: string;

beforeEach(async () => {
  server = await testServer({ DATA_DIR: temporaryFolder() });
  [ann, friend, mallory, helper] = await Promise.all(['ann', 'friend', 'mallory', 'helper'].map(server.user));
  secret = await share(ann!, { audience: await onlyFor(friend!, helper!), files: [file('plan', 'true')] });
  claim = await share(mallory!, { files: [file('bait', 'true')] });
  await helper!.openInbox().started;
  await hold(helper!, 'true', [secret, ann!]);
}, 30_000);
afterEach(() => server.close());

async function helpersOf(who: TestBrowser, shareId: string, path: string) {
  const { deviceId, http } = who;
  const { grants } = await http.catalog.grant.mutate({ deviceId, shareId, path });
  const { holderCount } = await http.catalog.details.query({ shareId, path });
  const helpers = grants.filter(({ role }) => role === 'holder');
  expect(helpers).toHaveLength(holderCount);
  return helpers;
}

async function change(audience: Awaited<ReturnType<typeof onlyFor>>) {
  const { deviceId, http } = ann!;
  await http.catalog.shares.put.mutate({ deviceId, shareId: secret, title: 'Plans', kind: 'folder', audience });
}

test('whoever lists a content id that is not theirs is not sent to those who hold the content', async () => {
  expect(await helpersOf(mallory!, claim, 'bait')).toEqual([]);
  const outsider = await server.user('outsider');
  expect(await helpersOf(outsider, claim, 'bait')).toEqual([]);
});

test('whoever sees the share that it came from is, with leave by that share', async () => {
  const [grant] = await helpersOf(friend!, secret, 'plan');
  const of = [{ shareIds: [secret], contentIds: [contentIdOf('true')] }];
  expect(grant).toMatchObject({
    deviceId: helper!.deviceId,
    want: { type: 'contents', of },
    shares: [{ shareId: secret, userId: await userIdOf(ann!) }],
  });
  const claims = capabilityClaimsSchema.parse(decodeJwt(grant!.capability));
  expect(claims).toMatchObject({ aud: helper!.deviceId, device: friend!.deviceId, contents: of });
  expect(claims.share).toBeUndefined();
});

test('an audience that becomes smaller, and one that becomes larger, holds at once', async () => {
  await change(await onlyFor(helper!));
  expect(await helpersOf(friend!, claim, 'bait')).toEqual([]);
  await change(EVERYONE);
  expect(await helpersOf(friend!, claim, 'bait')).toHaveLength(1);
});

test('a share that ends, and a file that is not listed any more, have no helpers at once', async () => {
  await publish(ann!, secret, [file('plan', 'changed')]);
  expect(await helpersOf(friend!, claim, 'bait')).toEqual([]);
  await publish(ann!, secret, [file('plan', 'true')]);
  expect(await helpersOf(friend!, claim, 'bait')).toHaveLength(1);
  await ann!.http.catalog.shares.remove.mutate({ deviceId: ann!.deviceId, shareId: secret });
  expect(await helpersOf(friend!, claim, 'bait')).toEqual([]);
});

test('whoever takes the id of a share that has ended is not sent to its helpers', async () => {
  await ann!.http.catalog.shares.remove.mutate({ deviceId: ann!.deviceId, shareId: secret });
  const { deviceId, http } = mallory!;
  const put = { deviceId, shareId: secret, title: 'Mine', kind: 'folder', audience: EVERYONE } as const;
  await http.catalog.shares.put.mutate(put);
  await publish(mallory!, secret, [file('bait', 'true')]);
  await hold(helper!, 'true', [secret, ann!]);
  expect(await helpersOf(mallory!, secret, 'bait')).toEqual([]);
});
