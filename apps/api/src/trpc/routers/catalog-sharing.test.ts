import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contentIdOf, EVERYONE, file, found, hold, publish, share, userIdOf } from '../../testing/catalog-sharing.ts';
import { refused } from '../../testing/refused.ts';
import { type TestBrowser, type TestServer, testServer } from '../../testing/test-server.ts';

let server: TestServer;
let ann: TestBrowser;
let ben: TestBrowser;
beforeEach(async () => {
  server = await testServer();
  [ann, ben] = [await server.user('ann'), await server.user('ben')];
}, 30_000);
afterEach(() => server.close());

const mine = (browser: TestBrowser) => browser.http.catalog.shares.mine.query({ deviceId: browser.deviceId });

test('what somebody publishes, a colleague finds, browses and looks at', async () => {
  const shareId = await share(ann, { files: [file('2026/report.pdf', 'words', 2000), file('notes.txt')] });
  expect(await found(ben, 'report')).toEqual(['report.pdf']);
  expect([await found(ben, 'report owner:ANN'), await found(ben, 'report owner:ben')]).toEqual([['report.pdf'], []]);
  const userId = await userIdOf(ann);
  expect(await ben.http.catalog.owners.query()).toMatchObject([{ userId, shareCount: 1, fileCount: 2 }]);
  expect(await ben.http.catalog.sharesOf.query({ userId })).toMatchObject([
    { shareId, title: 'Plans', kind: 'folder', deviceId: ann.deviceId, fileCount: 2, totalBytes: 2001 },
  ]);
  const inside = await ben.http.catalog.children.query({ shareId, path: '', offset: 0, limit: 10 });
  expect(inside.entries.map(({ name, kind }) => [name, kind === 'folder'])).toEqual([
    ['2026', true],
    ['notes.txt', false],
  ]);
  expect(inside.total).toBe(2);
  const details = await ben.http.catalog.details.query({ shareId, path: '2026/report.pdf' });
  expect(details).toMatchObject({ contentId: contentIdOf('words'), sizeBytes: 2000, sourceCount: 1, holderCount: 0 });
});

test('its device is told what the server knows: revisions grow with what is published', async () => {
  const shareId = await share(ann);
  const [before] = await mine(ann);
  const after = await publish(ann, shareId, [file('a'), file('b')]);
  expect(after).toMatchObject({ shareId, fileCount: 2 });
  expect(after.revision).toBeGreaterThan(before!.revision);
  expect(await mine(ann)).toEqual([after]);
  expect(await publish(ann, shareId, [], ['a', 'never there'])).toMatchObject({ fileCount: 1 });
});

test('a page that comes on top of another revision is refused', async () => {
  const shareId = await share(ann, { files: [file('a')] });
  const page = { deviceId: ann.deviceId, shareId, put: [file('b')], remove: [] };
  expect(await refused(ann.http.catalog.publish.mutate({ ...page, baseRevision: 4711 }))).toMatchObject({
    ferryCode: 'revision-mismatch',
    httpStatus: 409,
  });
});

test('published anew, what was not named again is gone, and until then it stays', async () => {
  const shareId = await share(ann, { files: [file('old'), file('kept')] });
  const republish = (step: 'begin' | 'end') =>
    ann.http.catalog.republish.mutate({ deviceId: ann.deviceId, shareId, step });
  await republish('begin');
  await publish(ann, shareId, [file('kept')]);
  expect(await found(ben, 'old')).toEqual(['old']);
  expect(await republish('end')).toMatchObject({ fileCount: 1 });
  expect([await found(ben, 'old'), await found(ben, 'kept')]).toEqual([[], ['kept']]);
});

test('what is not shared any more is not found any more; ending it twice is no error', async () => {
  const shareId = await share(ann, { files: [file('report.pdf')] });
  for (const _ of ['once', 'twice']) {
    await ann.http.catalog.shares.remove.mutate({ deviceId: ann.deviceId, shareId });
  }
  expect(await found(ben, 'report')).toEqual([]);
  expect(await mine(ann)).toEqual([]);
});

test('a device that holds content serves it while it is online, and says so anew', async () => {
  const shareId = await share(ann, { files: [file('film', 'frames')] });
  const holders = async () => (await ann.http.catalog.details.query({ shareId, path: 'film' })).holderCount;
  await ben.openInbox().started;
  await hold(ben, 'frames', [shareId, ann]);
  expect(await holders()).toBe(1);
  await ben.http.catalog.hold.mutate({ deviceId: ben.deviceId, holdings: [] });
  expect(await holders()).toBe(0);
});

describe('a device', () => {
  /** Everything that speaks for a device. */
  const calls = (browser: TestBrowser, deviceId: string, shareId: string): [string, () => Promise<unknown>][] => {
    const { shares, publish, republish, hold, grant } = browser.http.catalog;
    const page = { deviceId, shareId, baseRevision: 0, put: [], remove: [] };
    return [
      ['put', () => shares.put.mutate({ deviceId, shareId, title: 'x', kind: 'folder', audience: EVERYONE })],
      ['remove', () => shares.remove.mutate({ deviceId, shareId })],
      ['mine', () => shares.mine.query({ deviceId })],
      ['publish', () => publish.mutate(page)],
      ['republish', () => republish.mutate({ deviceId, shareId, step: 'begin' })],
      ['hold', () => hold.mutate({ deviceId, holdings: [] })],
      ['grant', () => grant.mutate({ deviceId, shareId, path: '' })],
    ];
  };

  test('of another account cannot be spoken for', async () => {
    const shareId = await share(ann, { files: [file('a')] });
    for (const [name, call] of calls(ben, ann.deviceId, shareId)) {
      expect([name, await refused(call())]).toMatchObject([name, { ferryCode: 'device-taken', httpStatus: 403 }]);
    }
    expect(await mine(ann)).toHaveLength(1);
  });

  test('nobody speaks for one without signing in', async () => {
    for (const [name, call] of calls(server.browser(), ann.deviceId, randomUUID())) {
      expect([name, await refused(call())]).toMatchObject([name, { ferryCode: 'unauthenticated' }]);
    }
  });

  test('that shares before its inbox is open belongs to the account from then on, and is named once it is', async () => {
    await share(ann);
    const claimed = ben.openInbox({ deviceId: ann.deviceId });
    expect(await claimed.refused).toBe('device-taken');
    await ann.openInbox().started;
  });

  test('changes its own shares only: another one of the same person has others', async () => {
    const shareId = await share(ann, { files: [file('a')] });
    const second = server.browser();
    second.cookie = ann.cookie;
    const put = { deviceId: second.deviceId, shareId, title: 'x', kind: 'folder', audience: EVERYONE } as const;
    expect(await refused(second.http.catalog.shares.put.mutate(put))).toMatchObject({ ferryCode: 'share-taken' });
    expect(await mine(second)).toEqual([]);
    await second.http.catalog.shares.remove.mutate({ deviceId: second.deviceId, shareId });
    expect(await mine(ann)).toHaveLength(1);
  });
});
