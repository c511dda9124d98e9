import { expect, test } from 'vitest';
import { catalogOnDisk, file, someone, viewer } from '../../testing/catalog-on-disk.ts';
import { CatalogWriter } from '../catalog-writer.ts';
import { CatalogTables } from './catalog-tables.ts';
import { markRemoved } from './own-shares.ts';

const files = (count: number) => Array.from({ length: count }, (_, n) => file(`${n % 7}/${n}.txt`));
const tables = ['entries', 'shares', 'audience', 'catalog_names'];

test('a removed share is gone at once, and its id is free, before its entries are cleared away', async () => {
  const { writer, reader, sqlite, put, share } = catalogOnDisk();
  const owner = someone();
  const shareId = await share(owner);
  await put(owner, shareId, ...files(400));
  await writer.removeShare(owner, shareId);
  expect(reader.owners(viewer(owner))).toEqual([]);
  expect(sqlite.prepare('SELECT count(*) FROM entries').pluck().get()).toBeGreaterThan(0);
  await share(owner, { shareId });
  expect(reader.sharesOfDevice(owner)).toEqual([{ shareId, revision: 0, fileCount: 0 }]);
  expect(sqlite.prepare('SELECT entry_count FROM owners').pluck().get()).toBe(1);
});

test('what a server did not get to clear away, the next one does', async () => {
  const { writer, sqlite, put, share } = catalogOnDisk();
  const owner = someone();
  const shareId = await share(owner, { audience: { type: 'chosen', userIds: [owner.userId] } });
  await put(owner, shareId, ...files(400));
  writer.close();
  markRemoved(new CatalogTables(sqlite), owner, shareId);
  const count = (table: string) => sqlite.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  expect(tables.map(count)).toEqual([408, 1, 1, 408]);
  const next = new CatalogWriter(sqlite, () => {});
  await expect.poll(() => tables.map(count), { timeout: 20_000 }).toEqual([0, 0, 0, 0]);
  next.close();
});
