import { capabilityClaimsSchema, type Grant } from '@ferry/shared';
import { importJWK, jwtVerify } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { contentIdOf, file, hold, share, userIdOf } from '../../testing/catalog-sharing.ts';
import { type TestBrowser, type TestServer, testServer } from '../../testing/test-server.ts';

let server: TestServer;
let ann: TestBrowser;
let ben: TestBrowser;
let cleo: TestBrowser;
let shareId: string;
beforeEach(async () => {
  server = await testServer();
  [ann, ben, cleo] = [await server.user('ann'), await server.user('ben'), await server.user('cleo')];
  shareId = await share(ann, { files: [file('films/one', 'first'), file('films/two', 'second'), file('draft')] });
}, 30_000);
afterEach(() => server.close());

const ask = (browser: TestBrowser, path: string) =>
  browser.http.catalog.grant.mutate({ deviceId: browser.deviceId, shareId, path });

/** As an owner's engine does it: with the public key alone. */
async function claimsOf({ capability }: Grant, currentDate = new Date()) {
  const { jwk } = await cleo.http.catalog.key.query();
  const verified = await jwtVerify(capability, await importJWK(jwk, 'ES256'), {
    algorithms: ['ES256'],
    issuer: 'ferry',
    currentDate,
  });
  return capabilityClaimsSchema.parse(verified.payload);
}

test('an owner who is offline: one grant, for the whole place, which says who may fetch what with which device', async () => {
  const { grants, expiresAt } = await ask(ben, 'films');
  expect(grants).toMatchObject([
    {
      role: 'owner',
      userId: await userIdOf(ann),
      deviceId: ann.deviceId,
      want: { type: 'place', shareId, path: 'films' },
    },
  ]);
  expect(await claimsOf(grants[0]!)).toEqual({
    iss: 'ferry',
    exp: expiresAt / 1000,
    sub: await userIdOf(ben),
    device: ben.deviceId,
    aud: ann.deviceId,
    share: shareId,
  });
});

test('it is good for five minutes', async () => {
  const { grants, expiresAt } = await ask(ben, 'films');
  await claimsOf(grants[0]!, new Date(expiresAt - 1000));
  await expect(claimsOf(grants[0]!, new Date(expiresAt + 1000))).rejects.toMatchObject({ code: 'ERR_JWT_EXPIRED' });
  expect(expiresAt - Date.now()).toBeGreaterThan(280_000);
  expect(expiresAt - Date.now()).toBeLessThanOrEqual(300_000);
});

test('with the owner come others who are online: who shares equal content, and who holds it', async () => {
  const copies = await share(cleo, { title: 'Copies', files: [file('renamed', 'second')] });
  const dora = await server.user('dora');
  await hold(dora, 'first', [shareId, ann]);
  expect((await ask(ben, 'films')).grants.map(({ role }) => role)).toEqual(['owner']);

  await Promise.all([cleo.openInbox().started, dora.openInbox().started]);
  const { grants } = await ask(ben, 'films');
  expect(grants.map(({ role, deviceId }) => [role, deviceId])).toEqual([
    ['owner', ann.deviceId],
    ['copy', cleo.deviceId],
    ['holder', dora.deviceId],
  ]);
  const [, copy, holder] = grants;
  const second = [{ shareIds: [copies], contentIds: [contentIdOf('second')] }];
  expect(copy).toMatchObject({ want: { type: 'contents', of: second }, shares: [{ shareId: copies }] });
  expect(await claimsOf(copy!)).toMatchObject({ aud: cleo.deviceId, contents: second });
  expect(await claimsOf(copy!)).not.toHaveProperty('share');
  const first = [{ shareIds: [shareId], contentIds: [contentIdOf('first')] }];
  expect(holder!.shares).toEqual([{ shareId, userId: await userIdOf(ann) }]);
  expect(await claimsOf(holder!)).toMatchObject({ aud: dora.deviceId, contents: first });
});

test('a file that is not verified yet has its owner alone', async () => {
  await share(cleo, { files: [file('draft')] });
  await cleo.openInbox().started;
  expect((await ask(ben, 'draft')).grants.map(({ role }) => role)).toEqual(['owner']);
});

test('whoever asks is not sent to their own device, but to another one of theirs', async () => {
  const second = server.browser();
  second.cookie = ben.cookie;
  await share(second, { files: [file('one', 'first')] });
  await share(ben, { files: [file('one', 'first')] });
  await Promise.all([ben.openInbox().started, second.openInbox().started]);
  const { grants } = await ask(ben, 'films');
  expect(grants.map(({ deviceId }) => deviceId)).toEqual([ann.deviceId, second.deviceId]);
  expect((await ask(ann, 'draft')).grants).toEqual([]);
});

test('many sources are eight', async () => {
  const others = await Promise.all(Array.from({ length: 12 }, (_, index) => server.user(`other-${index}`)));
  for (const other of others) await share(other, { files: [file('one', 'first')] });
  await Promise.all(others.map((other) => other.openInbox().started));
  const { grants } = await ask(ben, 'films/one');
  expect(grants).toHaveLength(8);
  expect(grants.map(({ role }) => role)).toEqual(['owner', ...Array(7).fill('copy')]);
});
