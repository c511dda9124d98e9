import { expect, test } from 'vitest';
import { catalogOnDisk, file, someone, type TestCatalog, viewer } from '../../testing/catalog-on-disk.ts';

const ada = someone();
const nobody = viewer();
const FILES = 120;

/** In pages of a hundred. */
function names(catalog: TestCatalog, request: Partial<Parameters<TestCatalog['reader']['search']>[1]>): string[] {
  const found: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const asked = { query: '', limit: 100, ...request, ...(cursor && { cursor }) };
    const { results, next } = catalog.reader.search(nobody, asked, []);
    found.push(...results.map(({ name }) => name));
    if (!next) return found;
    cursor = next;
  }
}

async function withLargePage() {
  const catalog = catalogOnDisk();
  const shareId = await catalog.share(ada);
  await catalog.put(ada, shareId, file('before.bin', 7, 1000, 1));
  const files = Array.from({ length: FILES }, (_, n) => file(`many/item ${n}.bin`, 1 + n, 2000 + n));
  await catalog.put(ada, shareId, ...files, file('many/a copy.bin', 7, 1000, 1));
  return { catalog, shareId };
}

test('a large page is in its folder and found by words at once', async () => {
  const { catalog, shareId } = await withLargePage();
  const { total } = catalog.reader.children(nobody, { shareId, path: 'many', order: 'size', offset: 0, limit: 10 });
  expect(total).toBe(FILES + 1);
  expect(names(catalog, { query: 'item 77' })).toEqual(['item 77.bin']);
  // Larger than everything that was there before.
  expect(names(catalog, { query: 'item', filters: { minBytes: 120 } })).toEqual(['item 119.bin']);
});

test('in the orders of the whole catalog it is a moment later, and what was there before stays', async () => {
  const { catalog } = await withLargePage();
  const request = { query: '', order: 'size' as const };
  expect(names(catalog, request)).toContain('before.bin');
  await expect
    .poll(() => names(catalog, request).filter((name) => name.startsWith('item')), { timeout: 5000 })
    .toEqual(Array.from({ length: FILES }, (_, n) => `item ${n}.bin`));
  // Of equal content the first by the order, which is listed once.
  expect(names(catalog, request).filter((name) => name === 'before.bin' || name === 'a copy.bin')).toHaveLength(1);
});

test('what a server had not put into order when it ended is put there at its next start', async () => {
  const { catalog } = await withLargePage();
  catalog.writer.close();
  const again = catalogOnDisk(catalog.file);
  await expect.poll(() => names(again, { query: '', order: 'name' }).length, { timeout: 5000 }).toBeGreaterThan(FILES);
});
