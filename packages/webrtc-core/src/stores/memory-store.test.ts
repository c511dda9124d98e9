import { expect, test } from 'vitest';
import { BundleLayout } from '../content/layout.ts';
import { chunkStoreSuite } from '../testing/chunk-store-suite.ts';
import { MemoryStores } from './memory-store.ts';

test.each(chunkStoreSuite)('$name', ({ run }) => run(async () => new MemoryStores()));

const layout = new BundleLayout({
  entries: [10, 10].map((sizeBytes) => ({ path: ['x'], sizeBytes, modifiedMs: 0, mediaType: '' })),
});

test('what does not fit is refused and not held', async () => {
  const store = await new MemoryStores({ capacityBytes: 15 }).open('a', layout);
  await store.write(0, new Uint8Array(10), new Uint8Array(32));
  await expect(store.write(1, new Uint8Array(10), new Uint8Array(32))).rejects.toMatchObject({ code: 'store-full' });
  expect([store.have.has(0), store.have.has(1)]).toEqual([true, false]);
});

test('a chunk written again takes its room once', async () => {
  const store = await new MemoryStores({ capacityBytes: 20 }).open('a', layout);
  for (const chunk of [0, 0, 1]) await store.write(chunk, new Uint8Array(10), new Uint8Array(32));
  expect(store.have.isFull).toBe(true);
});
