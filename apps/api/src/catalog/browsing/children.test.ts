import type { CatalogOrder, PublishedFile } from '@ferry/shared';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { catalogOnDisk, file, someone, viewer } from '../../testing/catalog-on-disk.ts';
import { sortKey } from '../sort-key.ts';

interface Child {
  name: string;
  kind: string;
  sizeBytes: number;
  modifiedMs: number;
}

const ORDERS: (CatalogOrder | undefined)[] = [undefined, 'relevance', 'name', 'size', 'modified'];
const name = fc.constantFrom('a', 'B', 'ä', 'c', 'file 2', 'file 10', 'Z', 'é', '会', 'b');
const published = fc
  .tuple(fc.option(name), name, fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }))
  .map(([folder, own, ...rest]): PublishedFile => [folder === null ? `${own}.txt` : `${folder}/${own}`, ...rest, null]);

test('a folder is listed in every order, folders first and equals by name, the same in pages of any length', async () => {
  const { reader, share, put } = catalogOnDisk();
  await fc.assert(
    fc.asyncProperty(
      fc.array(published, { maxLength: 40 }),
      fc.constantFrom(...ORDERS),
      fc.boolean(),
      fc.integer({ min: 1, max: 9 }),
      async (files, order, isDescending, limit) => {
        const owner = someone();
        const shareId = await share(owner);
        await put(owner, shareId, ...files);
        const request = { shareId, path: '', isDescending, ...(order && { order }) };
        const page = (offset: number, most: number) => reader.children(viewer(), { ...request, offset, limit: most });
        const { entries, total } = page(0, 100);
        expect(entries).toHaveLength(total);
        const paged = Array.from({ length: Math.ceil(total / limit) }, (_, n) => page(n * limit, limit).entries).flat();
        expect(paged).toEqual(entries);
        const before = precedence(order ?? 'relevance', isDescending);
        for (const [at, child] of entries.slice(1).entries())
          expect(before(entries[at]!, child)).toBeLessThanOrEqual(0);
        expect(page(total, 10).entries).toEqual([]);
      },
    ),
    { numRuns: 60 },
  );
});

function precedence(order: CatalogOrder, isDescending: boolean): (a: Child, b: Child) => number {
  const byName = (a: Child, b: Child) => compare(sortKey(a.name), sortKey(b.name));
  const keys = {
    relevance: byName,
    name: (a: Child, b: Child) => (isDescending ? -byName(a, b) : byName(a, b)),
    size: (a: Child, b: Child) => (isDescending ? b.sizeBytes - a.sizeBytes : a.sizeBytes - b.sizeBytes),
    modified: (a: Child, b: Child) => (isDescending ? b.modifiedMs - a.modifiedMs : a.modifiedMs - b.modifiedMs),
  };
  const isFile = (child: Child) => Number(child.kind !== 'folder');
  return (a, b) => isFile(a) - isFile(b) || keys[order](a, b) || (order === 'name' ? 0 : byName(a, b));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

test('what is a file, or is not there, has no children', async () => {
  const { reader, share, put } = catalogOnDisk();
  const owner = someone();
  const shareId = await share(owner);
  await put(owner, shareId, file('a/b.txt'));
  const children = (path: string) => reader.children(viewer(), { shareId, path, offset: 0, limit: 10 });
  expect(() => children('a/b.txt')).toThrow('not-found');
  expect(() => children('c')).toThrow('not-found');
  expect(children('a')).toMatchObject({
    total: 1,
    share: { shareId, kind: 'folder', fileCount: 1 },
    entries: [{ path: 'a/b.txt', name: 'b.txt', kind: 'document', userId: owner.userId, deviceId: owner.deviceId }],
  });
});
