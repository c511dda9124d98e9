import { randomUUID } from 'node:crypto';
import type { Audience } from '@ferry/shared';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EVERYONE, file, found, onlyFor, share, userIdOf } from '../../testing/catalog-sharing.ts';
import { refused } from '../../testing/refused.ts';
import { type TestBrowser, type TestServer, testServer } from '../../testing/test-server.ts';

let server: TestServer;
let ann: TestBrowser;
let ben: TestBrowser;
let cleo: TestBrowser;
beforeEach(async () => {
  server = await testServer();
  [ann, ben, cleo] = [await server.user('ann'), await server.user('ben'), await server.user('cleo')];
}, 30_000);
afterEach(() => server.close());

/** The whole answer, as it crosses the wire. */
async function answer(browser: TestBrowser, procedure: string, input: unknown): Promise<string> {
  const response = await fetch(`${server.url}/trpc/catalog.${procedure}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url, cookie: browser.cookie! },
    body: JSON.stringify(input),
  });
  return `${response.status} ${await response.text()}`;
}

describe('what is shared with ben alone', () => {
  let shareId: string;
  beforeEach(async () => {
    shareId = await share(ann, { audience: await onlyFor(ben), files: [file('in/secret.txt', 'content')] });
  });

  test('ben and its owner find it, others neither find nor count it', async () => {
    expect([await found(ann, 'secret'), await found(ben, 'secret')]).toEqual([['secret.txt'], ['secret.txt']]);
    const page = await cleo.http.catalog.search.query({ query: 'secret', limit: 10 });
    expect(page).toMatchObject({ results: [], next: null, total: { count: 0 } });
    expect(await cleo.http.catalog.owners.query()).toEqual([]);
    expect(await ben.http.catalog.owners.query()).toHaveLength(1);
  });

  test.each([
    ['children', { offset: 0, limit: 10, path: '' }],
    ['children', { offset: 0, limit: 10, path: 'in' }],
    ['details', { path: 'in/secret.txt' }],
    ['details', { path: '' }],
    ['grant', { path: 'in/secret.txt' }],
    ['grant', { path: '' }],
  ])('%s of it (%o) is to others what a share that never was is, to the last byte', async (procedure, rest) => {
    const input = { ...rest, ...(procedure === 'grant' ? { deviceId: cleo.deviceId } : {}) };
    const hidden = await answer(cleo, procedure, { ...input, shareId });
    expect(hidden).toMatch(/^404 .*not-found/);
    expect(await answer(cleo, procedure, { ...input, shareId: randomUUID() })).toBe(hidden);
    const allowed = { ...rest, ...(procedure === 'grant' ? { deviceId: ben.deviceId } : {}), shareId };
    expect(await answer(ben, procedure, allowed)).toMatch(/^200 /);
    // What is not there in a share that may be seen is not there in the same way.
    expect(await answer(ben, procedure, { ...allowed, path: 'in/never' })).toBe(hidden);
  });

  test('sharesOf its owner is to others what it is of somebody who is not there, to the last byte', async () => {
    const userId = await userIdOf(ann);
    expect(await ben.http.catalog.sharesOf.query({ userId })).toHaveLength(1);
    const hidden = await answer(cleo, 'sharesOf', { userId });
    expect(await answer(cleo, 'sharesOf', { userId: randomUUID() })).toBe(hidden);
    expect(hidden).not.toContain(shareId);
  });

  test('whoever guesses its id cannot take it, publish into it or end it', async () => {
    const { deviceId, http } = cleo;
    const put = { deviceId, shareId, title: 'Mine', kind: 'folder', audience: EVERYONE } as const;
    expect(await refused(http.catalog.shares.put.mutate(put))).toMatchObject({ ferryCode: 'share-taken' });
    const page = { deviceId, baseRevision: 0, put: [file('mine')], remove: [] };
    const hidden = await answer(cleo, 'publish', { ...page, shareId });
    expect(hidden).toMatch(/^404 .*not-found/);
    expect(await answer(cleo, 'publish', { ...page, shareId: randomUUID() })).toBe(hidden);
    await http.catalog.shares.remove.mutate({ deviceId, shareId });
    expect(await found(ben, 'secret')).toEqual(['secret.txt']);
  });

  test('as soon as it is for others, they see it, and ben does not', async () => {
    const audience: Audience = await onlyFor(cleo);
    const { deviceId, http } = ann;
    await http.catalog.shares.put.mutate({ deviceId, shareId, title: 'Plans', kind: 'folder', audience });
    expect([await found(ben, 'secret'), await found(cleo, 'secret')]).toEqual([[], ['secret.txt']]);
    const place = { shareId, path: '', deviceId: ben.deviceId };
    expect(await refused(ben.http.catalog.grant.mutate(place))).toMatchObject({ ferryCode: 'not-found' });
  });
});

test('equal content that one may not see is no source', async () => {
  const shareId = await share(ann, { files: [file('film', 'frames')] });
  await share(ben, { audience: await onlyFor(ann), files: [file('film', 'frames')] });
  await ben.openInbox().started;
  const place = { shareId, path: 'film' };
  expect(await ann.http.catalog.details.query(place)).toMatchObject({ sourceCount: 2 });
  expect(await cleo.http.catalog.details.query(place)).toMatchObject({ sourceCount: 1, sources: [{ shareId }] });
  const { grants } = await cleo.http.catalog.grant.mutate({ ...place, deviceId: cleo.deviceId });
  expect(grants.map(({ role }) => role)).toEqual(['owner']);
});

test('nobody sees anything without signing in', async () => {
  const nobody = server.browser().http.catalog;
  const shareId = await share(ann);
  const userId = await userIdOf(ann);
  const calls = [
    () => nobody.key.query(),
    () => nobody.owners.query(),
    () => nobody.search.query({ query: '', limit: 1 }),
    () => nobody.sharesOf.query({ userId }),
    () => nobody.children.query({ shareId, path: '', offset: 0, limit: 1 }),
    () => nobody.details.query({ shareId, path: '' }),
    () => nobody.saved.list.query(),
  ];
  for (const call of calls) expect(await refused(call())).toMatchObject({ ferryCode: 'unauthenticated' });
});
