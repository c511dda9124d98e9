// Whatever is published, in whatever order: folders, their sums, the counts of shares and owners and the index of names
// are what they would be if all of it were made anew.
import type { Database } from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CatalogModel, listedEntries } from '../../testing/catalog-model.ts';
import { catalogOnDisk, contentId, someone } from '../../testing/catalog-on-disk.ts';

/** Few names, so that files meet files and folders of the same name. */
const path = fc
  .array(fc.constantFrom('a', 'b', 'c', '0', 'ä'), { minLength: 1, maxLength: 4 })
  .map((all) => all.join('/'));
const published = fc.tuple(
  path,
  fc.integer({ min: 0, max: 2 ** 40 }),
  fc.integer({ min: 0, max: 50 }),
  fc.option(fc.integer({ min: 0, max: 3 }).map(contentId)),
);
const page = fc.record({
  type: fc.constant('page' as const),
  put: fc.array(published, { maxLength: 12 }),
  remove: fc.array(path, { maxLength: 6 }),
});
const step = fc.oneof(
  { weight: 6, arbitrary: page },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('begin' as const) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('end' as const) }) },
);

test('a share is always what was published of it', async () => {
  const catalog = catalogOnDisk();
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('folder', 'files'), fc.array(step, { maxLength: 12 }), async (kind, steps) => {
      const owner = someone();
      const shareId = await catalog.share(owner, { kind });
      const model = new CatalogModel(kind);
      let [baseRevision] = [0];
      for (const { type, ...of } of steps) {
        if (type === 'page') {
          const { put, remove } = of as typeof page extends fc.Arbitrary<infer Page> ? Page : never;
          model.page(put, remove);
          ({ revision: baseRevision } = await catalog.writer.publish(owner, { shareId, baseRevision, put, remove }));
        } else {
          model[type]();
          ({ revision: baseRevision } = await catalog.writer.republish(owner, { shareId, step: type }));
        }
        expect(listedEntries(catalog.sqlite, shareId)).toEqual(model.entries());
      }
      expectCounts(catalog.sqlite, shareId, model);
      await catalog.writer.removeShare(owner, shareId);
    }),
    { numRuns: 100 },
  );
  expectNamesIndexed(catalog.sqlite);
});

function expectCounts(sqlite: Database, shareId: string, model: CatalogModel): void {
  const counts = sqlite
    .prepare(
      `SELECT shares.file_count AS fileCount, total_bytes AS totalBytes, shares.entry_count AS entryCount,
         owners.entry_count AS ofOwner
       FROM shares JOIN owners ON owners.owner_no = shares.owner_no WHERE share_id = ?`,
    )
    .get(shareId);
  const files = model.entries().filter(({ isFolder }) => !isFolder);
  const totalBytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const entryCount = model.entries().length;
  expect(counts).toEqual({ fileCount: files.length, totalBytes, entryCount, ofOwner: entryCount });
  expectNamesIndexed(sqlite);
}

function expectNamesIndexed(sqlite: Database): void {
  const differing = `
    SELECT count(*) FROM (SELECT rowid FROM catalog_names EXCEPT SELECT entry_no FROM entries)
    UNION ALL SELECT count(*) FROM (SELECT entry_no FROM entries EXCEPT SELECT rowid FROM catalog_names)`;
  expect(sqlite.prepare(differing).pluck().all()).toEqual([0, 0]);
}
