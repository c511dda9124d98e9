import { expect, test } from 'vitest';
import { CHUNK_BYTES } from '../content/chunk.ts';
import { hashesEqual } from '../content/hash.ts';
import { merkleRoot } from '../content/merkle.ts';
import { MemoryStore } from '../stores/memory-store.ts';
import { sizedLayout } from '../testing/sized-manifest.ts';
import { RebuildingStore } from './rebuilding-store.ts';
import { StoredVersion } from './stored-version.testing-ground.ts';

/** Two full stripes of three, and one of two chunks of which one is short. */
const version = await StoredVersion.make({ sizeBytes: 7 * CHUNK_BYTES + 1001, k: 3, n: 6 });
const { geometry } = version.file;

function setUp(made: number[], stores = new Map<number, MemoryStore>()) {
  const bundle = version.only(({ index }) => !made.includes(index));
  for (const index of made) {
    if (!stores.has(index)) stores.set(index, new MemoryStore(sizedLayout([geometry.columnBytes(0, index)])));
  }
  const store = new RebuildingStore({ bundle, kernel: version.file.options.kernel, made: stores });
  const write = (stripe: number, index: number) =>
    store.write(bundle.shardsOf(stripe).get(index)!, version.shard(stripe, index));
  return { store, stores, write };
}

test.each([[[1, 4]], [[0, 2, 5]], [[2]], [[1]]])('columns %j are made again, to the last bit', async (made) => {
  const { store, stores, write } = setUp(made);
  const others = [0, 1, 2, 3, 4, 5].filter((index) => !made.includes(index));
  for (let stripe = 0; stripe < 3; stripe++) {
    for (const index of others) if (geometry.shardBytes(stripe, index) > 0) await write(stripe, index);
  }
  expect([store.have.isFull, store.keptBytes]).toEqual([true, 0]);
  for (const [index, column] of stores) {
    expect(column.have.isFull).toBe(true);
    const hashes = Array.from({ length: column.have.length }, (_, chunk) => column.hashOf(chunk)!);
    const { contentId } = version.columns.find((one) => one.index === index)!;
    expect(hashesEqual(merkleRoot(hashes), contentId!)).toBe(true);
  }
});

test('after a reload it goes on with the stripes that some column lacks', async () => {
  const { stores, write } = setUp([1, 4]);
  for (const index of [0, 2, 3]) await write(1, index);
  const lacking = new MemoryStore(sizedLayout([geometry.columnBytes(0, 4)]));
  const { store } = setUp(
    [1, 4],
    new Map([
      [1, stores.get(1)!],
      [4, lacking],
    ]),
  );
  expect(store.have.count).toBe(0);
  expect(setUp([1, 4], stores).store.have.count).toBe(4);
});

test('a column that has no shard of a stripe does not keep it from being whole', async () => {
  const { store, write } = setUp([2]);
  expect(geometry.shardBytes(2, 2)).toBe(0);
  expect(store.have.count).toBe(5);
  await write(0, 0);
  expect(store.have.count).toBe(5);
});

test('flushing and closing reach every column', async () => {
  const { store, stores } = setUp([0, 3]);
  const said: string[] = [];
  for (const [index, column] of stores) {
    column.flush = async () => void said.push(`flush ${index}`);
    column.close = async () => void said.push(`close ${index}`);
  }
  await store.flush();
  await store.close();
  expect(said).toEqual(['flush 0', 'flush 3', 'close 0', 'close 3']);
});
