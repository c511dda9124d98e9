import { afterEach, beforeEach, expect, test } from 'vitest';
import { refused } from '../../testing/refused.ts';
import { GIB, TestUpload, testHolders } from '../../testing/store-devices.ts';
import { storedVersion } from '../../testing/stored-version.ts';
import { type TestBrowser, type TestServer, testServer } from '../../testing/test-server.ts';

let server: TestServer;
let ann: TestBrowser;
beforeEach(async () => {
  server = await testServer({ STORE_USER_QUOTA_GB: '0.01' });
  ann = await server.user('ann');
});
afterEach(() => server.close());

const begin = (browser: TestBrowser, sizeBytes: number) => new TestUpload(browser, sizeBytes).begin();

test('what somebody uploads counts against their quota as it was uploaded, until it is deleted', async () => {
  expect(await ann.http.store.usage.query()).toEqual({ usedBytes: 0, quotaBytes: 10_000_000 });
  const { versionId } = await begin(ann, 6_000_000);
  expect(await ann.http.store.usage.query()).toMatchObject({ usedBytes: 6_000_000 });
  expect(await refused(begin(ann, 4_000_001))).toMatchObject({ ferryCode: 'quota-full', httpStatus: 413 });
  await begin(ann, 4_000_000);
  await begin(await server.user('ben'), 10_000_000);
  await ann.http.store.remove.mutate({ versionId });
  expect(await ann.http.store.usage.query()).toMatchObject({ usedBytes: 4_000_000 });
});

test('two at once do not both fit', async () => {
  const outcomes = await Promise.allSettled([begin(ann, 6_000_000), begin(ann, 6_000_000)]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

test('the Store as a whole: who offers what, what is kept, and how large a file may be', async () => {
  const holders = await testHolders(server, 3);
  await storedVersion(ann, holders);
  const overview = await ann.http.store.overview.query();
  expect(overview).toMatchObject({
    offeredOnlineBytes: 30 * GIB,
    offeredBytes: 30 * GIB,
    deviceCount: 3,
    onlineDeviceCount: 3,
    alwaysOnDeviceCount: 0,
    ownerCount: 3,
    fileCounts: { spreading: 0, safe: 1, 'at-risk': 0, unfetchable: 0 },
    repairsUnderWay: 0,
    repairsToday: 0,
    auditsToday: 0,
    largestFileBytes: 5_000_000,
  });
  expect(overview.usedBytes).toBeGreaterThanOrEqual(10_000_000);
});
