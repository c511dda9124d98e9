import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type BesideFerryAdmin, besideFerryAdmin, NOTICED_MS } from '../testing/beside-ferry-admin.ts';
import { file, found, share, userIdOf } from '../testing/catalog-sharing.ts';
import { refused } from '../testing/refused.ts';
import type { TestBrowser } from '../testing/test-server.ts';
import type { Administration } from './administration.ts';

let office: BesideFerryAdmin;
let accounts: Administration;
let ann: TestBrowser;
let ben: TestBrowser;
let shareId: string;
beforeEach(async () => {
  office = await besideFerryAdmin();
  ({ accounts, ann, ben } = office);
  // The first account is the last admin, who cannot be disabled; so it is ben who shares.
  shareId = await share(ben, { files: [file('report.pdf', 'words')] });
}, 30_000);
afterEach(() => office.close());

const isFound = (is: boolean) =>
  vi.waitFor(async () => expect(await found(ann, 'report')).toEqual(is ? ['report.pdf'] : []), NOTICED_MS);

test('what somebody shares is hidden while another process has switched their account off', async () => {
  await isFound(true);
  accounts.disable('ben');
  await isFound(false);
  expect(await ann.http.catalog.owners.query()).toEqual([]);
  const place = { shareId, path: 'report.pdf' };
  expect(await refused(ann.http.catalog.details.query(place))).toMatchObject({ ferryCode: 'not-found' });
  const grant = ann.http.catalog.grant.mutate({ deviceId: ann.deviceId, ...place });
  expect(await refused(grant)).toMatchObject({ ferryCode: 'not-found' });
  accounts.enable('ben');
  await isFound(true);
  expect(await ann.http.catalog.owners.query()).toHaveLength(1);
}, 60_000);

test('so is what belongs to an account that is not there any more', async () => {
  await isFound(true);
  const userId = await userIdOf(ben);
  office.other.sqlite.prepare('DELETE FROM users WHERE user_id = ?').run(userId);
  await isFound(false);
}, 60_000);

test('whoever watches is told of both', async () => {
  let changes = 0;
  ann.live.catalog.watch.subscribe(undefined, { onData: () => changes++ });
  // What ben has shared is told by then, if it is at all.
  await share(ann);
  await vi.waitFor(() => expect(changes).toBeGreaterThan(0), NOTICED_MS);
  const before = changes;
  accounts.disable('ben');
  await vi.waitFor(() => expect(changes).toBeGreaterThan(before), NOTICED_MS);
  const hidden = changes;
  accounts.enable('ben');
  await vi.waitFor(() => expect(changes).toBeGreaterThan(hidden), NOTICED_MS);
}, 60_000);
