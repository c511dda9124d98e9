import { expect, test } from 'vitest';
import { catalogOnDisk, file, someone } from '../../testing/catalog-on-disk.ts';
import { ExtentRow } from './extent.ts';
import { tidyNameIndex } from './name-index-upkeep.ts';

test('it holds everything that was ever listed, and what is listed when it is quiet', async () => {
  const { sqlite, put, remove, share, order } = catalogOnDisk();
  const extent = new ExtentRow(sqlite);
  const ada = someone();
  const shareId = await share(ada);
  await put(ada, shareId, file('a.txt', 100, 5000), file('b.txt', 10, 3000));
  expect(extent.get()).toEqual({ largestBytes: 100, earliestMs: 3000, latestMs: 5000 });
  await put(ada, shareId, file('c.txt', 7000, 9000));
  await put(ada, shareId, file('b.txt', 10, 4000));
  await remove(ada, shareId, 'c.txt');
  expect(extent.get()).toEqual({ largestBytes: 7000, earliestMs: 3000, latestMs: 9000 });
  order();
  for (const _ of tidyNameIndex(sqlite));
  // The folder's own row, of 110 bytes, is among what is listed.
  expect(extent.get()).toMatchObject({ largestBytes: 110, latestMs: 5000 });
});
