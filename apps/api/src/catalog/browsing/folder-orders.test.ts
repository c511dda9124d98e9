import { expect, test } from 'vitest';
import { catalogOnDisk, file, someone, viewer } from '../../testing/catalog-on-disk.ts';

/** Of so many the order is kept for the next page. */
const MANY = 2100;
const PAGE = 500;
const ada = someone();

test('a large folder comes in every order, also when something was published between two pages', async () => {
  const { reader, put, remove, share } = catalogOnDisk();
  const shareId = await share(ada);
  const files = Array.from({ length: MANY }, (_, n) => file(`item ${n}.bin`, (n * 7919) % MANY, (n * 104_729) % MANY));
  for (let from = 0; from < MANY; from += PAGE) await put(ada, shareId, ...files.slice(from, from + PAGE));
  const sizes = (isDescending: boolean, offset: number, limit = 3) => {
    const request = { shareId, path: '', order: 'size' as const, isDescending, offset, limit };
    return reader.children(viewer(), request).entries.map(({ sizeBytes }) => sizeBytes);
  };
  expect(sizes(false, 0)).toEqual([0, 1, 2]);
  expect(sizes(false, 2050)).toEqual([2050, 2051, 2052]);
  expect(sizes(true, 0)).toEqual([2099, 2098, 2097]);
  await put(ada, shareId, file('the largest.bin', MANY + 5));
  expect(sizes(false, MANY - 1)).toEqual([2099, MANY + 5]);
  expect(sizes(true, 0)).toEqual([MANY + 5, 2099, 2098]);
  await remove(ada, shareId, 'the largest.bin', 'item 0.bin');
  expect(sizes(false, 0)).toEqual([1, 2, 3]);
  expect(sizes(true, 0, MANY)).toEqual(Array.from({ length: MANY - 1 }, (_, n) => MANY - 1 - n).slice(0, MANY));
  const byTime = reader.children(viewer(), { shareId, path: '', order: 'modified', offset: 0, limit: 100 }).entries;
  expect(byTime.map(({ modifiedMs }) => modifiedMs)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
});
