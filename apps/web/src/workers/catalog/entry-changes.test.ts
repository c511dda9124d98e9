import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Entry, found, gone, hashed, isSameState } from './entry-change.ts';
import { CatalogGround, foundFile, SHARE_ID, shareRecord } from './testing/catalog-ground.ts';

const OTHER_ID = '5f3a8f0e-9999-4222-8333-444455556666';
const idOf = (number: number) => `${String.fromCharCode(65 + number).repeat(42)}A`;

/** Paths that sort next to each other in all the ways that matter. */
const pathArbitrary = fc
  .array(fc.constantFrom('a', 'a0', 'a.b', 'a-', 'A', 'z', 'é', '日', '\u{1f600}'), { minLength: 1, maxLength: 4 })
  .map((segments) => segments.join('/'));

test('however files come, change and go, pages and sums tell what is there', async () => {
  const change = fc.record({
    type: fc.constantFrom('found' as const, 'gone' as const, 'hashed' as const),
    paths: fc.uniqueArray(pathArbitrary, { minLength: 1, maxLength: 40 }),
    version: fc.nat(2),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { maxLength: 12 }), async (changes) => {
      const ground = await CatalogGround.open(shareRecord(), shareRecord({ shareId: OTHER_ID }));
      await ground.find([foundFile('a'), foundFile('zz')], OTHER_ID);
      const model = new Map<string, Entry>();
      for (const { type, paths, version } of changes) {
        const stepOf = (path: string) => {
          if (type === 'gone') return gone;
          if (type === 'found') return found(SHARE_ID, foundFile(path, version));
          return hashed({ sizeBytes: version, modifiedMs: 1000 }, idOf(version));
        };
        await ground.changes.make(SHARE_ID, new Map(paths.map((path) => [path, stepOf(path)])));
        for (const path of paths) {
          const next = stepOf(path)(model.get(path));
          if (next) model.set(path, next);
          else model.delete(path);
        }
      }
      const expected = [...model.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
      expect(await ground.entries.page(SHARE_ID, {})).toEqual(expected);
      expect(await ground.shares.tally(SHARE_ID)).toMatchObject({
        fileCount: expected.length,
        totalBytes: expected.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
        verifiedCount: expected.filter(({ contentId }) => contentId).length,
      });
      for (const under of ['a', 'a/a', 'z', 'é']) {
        const below = expected.filter(({ path }) => path.startsWith(`${under}/`));
        expect(await ground.entries.page(SHARE_ID, { under })).toEqual(below);
      }
      for (const entry of expected) expect(await ground.entries.get(SHARE_ID, entry.path)).toEqual(entry);
      for (const version of [0, 1, 2]) {
        const same = expected.filter(({ contentId }) => contentId === idOf(version)).map(({ path }) => path);
        expect((await ground.entries.withContent(idOf(version))).map(({ path }) => path).sort()).toEqual(same.sort());
      }
      expect(await ground.paths(OTHER_ID)).toEqual(['a', 'zz']);
    }),
    { numRuns: 60 },
  );
});

test('thousands of files in no order are all there, in order, page by page', async () => {
  const ground = await CatalogGround.open(shareRecord());
  const paths = Array.from({ length: 3000 }, (_, index) => `folder/${(index * 7919) % 3001}.txt`);
  for (let at = 0; at < paths.length; at += 700) {
    await ground.find(paths.slice(at, at + 700).map((path) => foundFile(path)));
  }
  const read: string[] = [];
  for (let page = await ground.entries.page(SHARE_ID, { limit: 500 }); page.length > 0; ) {
    expect(page.length).toBeLessThan(1100);
    read.push(...page.map(({ path }) => path));
    page = await ground.entries.page(SHARE_ID, { limit: 500, after: read.at(-1) });
  }
  expect(read).toEqual(paths.toSorted());
  const blocks = await ground.database.getAll('blocks');
  expect(Math.max(...blocks.map(({ files }) => files.length))).toBeLessThanOrEqual(512);
  await ground.changes.make(SHARE_ID, new Map(paths.map((path) => [path, gone])));
  expect(await ground.database.count('blocks')).toBe(0);
});

test('nothing is added to a share that is none any more', async () => {
  const ground = await CatalogGround.open(shareRecord());
  await ground.find([foundFile('a')]);
  await ground.shares.delete(SHARE_ID);
  await ground.find([foundFile('b')]);
  for (const name of ['blocks', 'contents', 'tallies', 'outbox'] as const) {
    expect(await ground.database.count(name)).toBe(0);
  }
});

test('a file that changes while it is hashed keeps nothing of it', async () => {
  const ground = await CatalogGround.open(shareRecord());
  await ground.find([foundFile('a', 3, 1)]);
  const [before] = await ground.entries.page(SHARE_ID, {});
  await ground.find([foundFile('a', 3, 2)]);
  await ground.changes.putHashed(SHARE_ID, [{ path: 'a', state: before!, contentId: idOf(0) }]);
  const [after] = await ground.entries.page(SHARE_ID, {});
  expect(isSameState(after!, { sizeBytes: 3, modifiedMs: 2 })).toBe(true);
  expect(after!.contentId).toBeNull();
});
