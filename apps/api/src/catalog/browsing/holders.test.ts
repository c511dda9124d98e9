// Whom a holder is there for: those who may see every share that its chunks came from, as long as these list the content.
import { beforeEach, expect, test } from 'vitest';
import {
  catalogOnDisk,
  contentId,
  file,
  holding,
  someone,
  type TestCatalog,
  viewer,
} from '../../testing/catalog-on-disk.ts';
import type { CatalogDevice } from '../catalog-index.ts';

let catalog: TestCatalog;
let [ann, friend, mallory, helper]: CatalogDevice[] = [];
/** Ann's, for her friend and her helper. */
let secret: string;
/** Mallory's, for everyone: it lists what only ann has. */
let claim: string;

const onlyFor = (...people: CatalogDevice[]) => ({ type: 'chosen' as const, userIds: people.map((one) => one.userId) });
const share = (owner: CatalogDevice, shareId?: string, ...people: CatalogDevice[]) =>
  catalog.share(owner, { ...(shareId && { shareId }), ...(people.length > 0 && { audience: onlyFor(...people) }) });
const holds = (...from: [string, CatalogDevice][]) =>
  catalog.writer.setHoldings(helper!, [holding([contentId(1)], ...from)]);

/** What the helper is asked for at a place, and what the page shows of it. */
function helperAt(shareId: string, who: CatalogDevice): [shareIds: string[] | null, holderCount: number] {
  const asks = viewer(who, helper!);
  const place = { shareId, path: 'file' };
  const [found] = catalog.reader.fetchable(asks, place).holders;
  const shareIds = found ? found.has[0]!.shares.map((one) => one.shareId).sort() : null;
  return [shareIds, catalog.reader.details(asks, place).holderCount];
}

beforeEach(async () => {
  catalog = catalogOnDisk();
  [ann, friend, mallory, helper] = Array.from({ length: 4 }, someone);
  secret = await share(ann!, undefined, friend!, helper!);
  claim = await share(mallory!);
  for (const [owner, shareId] of [
    [ann!, secret],
    [mallory!, claim],
  ] as const)
    await catalog.put(owner, shareId, file('file', 9, 1, 1));
  await holds([secret, ann!]);
});

test('whoever only claims to have a file gets nothing of those who hold the true one', () => {
  expect(helperAt(claim, mallory!)).toEqual([null, 0]);
  expect(helperAt(secret, friend!)).toEqual([[secret], 1]);
  // Also at the other place: what matters is where it came from.
  expect(helperAt(claim, friend!)).toEqual([[secret], 1]);
});

test('what came from two shares is for those who see both', async () => {
  const own = await share(friend!);
  await catalog.put(friend!, own, file('file', 9, 1, 1));
  await holds([secret, ann!], [own, friend!]);
  expect(helperAt(own, friend!)).toEqual([[secret, own].sort(), 1]);
  expect(helperAt(claim, mallory!)).toEqual([null, 0]);
  await holds([secret, ann!], [claim, mallory!]);
  expect(helperAt(claim, mallory!)).toEqual([null, 0]);
});

test('an audience that becomes smaller or larger holds for helpers at once', async () => {
  await share(ann!, secret, helper!);
  expect(helperAt(claim, friend!)).toEqual([null, 0]);
  expect(helperAt(secret, ann!)).toEqual([[secret], 1]);
  await share(ann!, secret, friend!);
  expect(helperAt(claim, friend!)).toEqual([[secret], 1]);
  await share(ann!, secret);
  expect(helperAt(claim, mallory!)).toEqual([[secret], 1]);
});

test('of a share that has ended, and of a file that it lists no more, nobody is a helper', async () => {
  await share(ann!, secret);
  await catalog.put(ann!, secret, file('file', 9, 2, null));
  expect(helperAt(claim, mallory!)).toEqual([null, 0]);
  await catalog.put(ann!, secret, file('moved', 9, 2, 1));
  expect(helperAt(claim, mallory!)).toEqual([[secret], 1]);
  await catalog.remove(ann!, secret, 'moved');
  expect(helperAt(claim, mallory!)).toEqual([null, 0]);
  await catalog.put(ann!, secret, file('file', 9, 1, 1));
  await catalog.writer.removeShare(ann!, secret);
  expect(helperAt(claim, mallory!)).toEqual([null, 0]);
});

test('whoever uses the id of a share that has ended does not come into its place', async () => {
  await catalog.writer.removeShare(ann!, secret);
  await share(mallory!, secret);
  await catalog.put(mallory!, secret, file('file', 9, 1, 1));
  await holds([secret, ann!]);
  expect(helperAt(secret, mallory!)).toEqual([null, 0]);
});

test('a holder may be known before the share is listed anew', async () => {
  await catalog.writer.removeShare(ann!, secret);
  await holds([secret, ann!]);
  expect(helperAt(claim, friend!)).toEqual([null, 0]);
  await share(ann!, secret, friend!);
  await catalog.put(ann!, secret, file('file', 9, 1, 1));
  expect(helperAt(claim, friend!)).toEqual([[secret], 1]);
});

test('what its owner hides is held for nobody, and who is hidden holds nothing', async () => {
  await catalog.writer.setHiddenOwners([ann!.userId]);
  expect(helperAt(claim, friend!)).toEqual([null, 0]);
  await catalog.writer.setHiddenOwners([helper!.userId]);
  expect(helperAt(claim, friend!)).toEqual([null, 0]);
  await catalog.writer.setHiddenOwners([]);
  expect(helperAt(claim, friend!)).toEqual([[secret], 1]);
});

test('where it came from may be told otherwise, and is not written anew when it is the same', async () => {
  const changes = () => catalog.sqlite.prepare('SELECT total_changes()').pluck().get();
  await holds([secret, ann!], [claim, mallory!]);
  const before = changes();
  await holds([claim, mallory!], [secret, ann!], [claim, mallory!]);
  expect(changes()).toBe(before);
  await holds([claim, mallory!]);
  expect(helperAt(claim, mallory!)).toEqual([[claim], 1]);
  await catalog.writer.setHoldings(helper!, []);
  expect(helperAt(claim, mallory!)).toEqual([null, 0]);
  expect(catalog.sqlite.prepare('SELECT count(*) FROM holder_shares').pluck().get()).toBe(0);
});
