import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHUNK_BYTES, chunkCount } from '../content/chunk.ts';
import { hashesEqual } from '../content/hash.ts';
import { ContentError } from '../errors.ts';
import { MemoryStore } from '../stores/memory-store.ts';
import { seededRandom } from '../testing/random.ts';
import { sizedLayout } from '../testing/sized-manifest.ts';
import { FilesTarget } from './plain-target.ts';

function setUp(sizes: number[]) {
  const layout = sizedLayout(sizes);
  const store = new MemoryStore(layout);
  const stream = seededRandom(1).bytes(layout.totalBytes);
  const target = new FilesTarget(store, layout);
  const write = (chunk: number, to = target) =>
    to.write(chunk, stream.subarray(chunk * CHUNK_BYTES, (chunk + 1) * CHUNK_BYTES));
  /** Whether a chunk of a file is there, with its bytes. */
  const isRight = async (own: number) => {
    const { storageOffset, length } = layout.place(own);
    return hashesEqual(await store.read(own), stream.subarray(storageOffset, storageOffset + length));
  };
  return { layout, store, target, write, isRight };
}

test('chunks of one file are its chunks', async () => {
  const { target, store, write, isRight } = setUp([2 * CHUNK_BYTES + 7]);
  await write(2);
  await write(0);
  expect([0, 1, 2].map((chunk) => store.have.has(chunk))).toEqual([true, false, true]);
  expect([0, 1, 2].map((chunk) => target.has(chunk))).toEqual([true, false, true]);
  expect([await isRight(0), await isRight(2), target.partialBytes]).toEqual([true, true, 0]);
});

test('files of any sizes, in any order of chunks, are cut and joined', async () => {
  const sizes = fc.array(
    fc.oneof(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 0, max: 2 * CHUNK_BYTES }), fc.constant(CHUNK_BYTES)),
    { minLength: 1, maxLength: 8 },
  );
  await fc.assert(
    fc.asyncProperty(sizes, fc.array(fc.nat(), { minLength: 20, maxLength: 20 }), async (list, order) => {
      const { layout, target, store, write, isRight } = setUp(list);
      const chunks = Array.from({ length: chunkCount(layout.totalBytes) }, (_, chunk) => chunk);
      chunks.sort((a, b) => order[a % 20]! - order[b % 20]!);
      const written = new Set<number>();
      for (const chunk of chunks) {
        await write(chunk);
        written.add(chunk);
        // Only what reaches from what was written into what was not waits.
        const borders = chunks.filter((one) => written.has(one) !== written.has(one + 1)).length;
        expect(target.partialBytes).toBeLessThanOrEqual(borders * CHUNK_BYTES);
      }
      expect([store.have.isFull, target.partialBytes]).toEqual([true, 0]);
      for (const own of chunks.length > 0 ? store.have.runs() : []) {
        for (let at = 0; at < own.count; at++) expect(await isRight(own.first + at)).toBe(true);
      }
    }),
    { numRuns: 15 },
  );
});

describe('a chunk that is joined of two', () => {
  const sizes = [CHUNK_BYTES / 2, CHUNK_BYTES, CHUNK_BYTES / 2];

  test('waits in memory for the other half, and does not count before', async () => {
    const { target, store, write } = setUp(sizes);
    await write(0);
    expect([store.have.count, target.has(0), target.partialBytes]).toEqual([1, false, CHUNK_BYTES]);
    await write(1);
    expect([store.have.isFull, target.has(0), target.has(1), target.partialBytes]).toEqual([true, true, true, 0]);
  });

  test('is not made of the same half twice', async () => {
    const { target, store, write } = setUp(sizes);
    await write(0);
    await write(0);
    expect(store.have.has(1)).toBe(false);
    await write(1);
    expect(target.has(0)).toBe(true);
  });

  test('is written again after the disk was full', async () => {
    const { store, target, write, isRight } = setUp(sizes);
    const { write: keep } = store;
    store.write = () => Promise.reject(ContentError.storeFull());
    await expect(write(0)).rejects.toMatchObject({ code: 'store-full' });
    store.write = keep;
    await write(0);
    await write(1);
    expect([target.has(0), await isRight(1)]).toEqual([true, true]);
  });

  test('is forgotten with the program: both chunks are needed again', async () => {
    const { layout, store, target, write } = setUp(sizes);
    await write(0);
    await target.close();
    const again = new FilesTarget(store, layout);
    expect(again.has(0)).toBe(false);
    await write(1, again);
    expect([again.has(1), store.have.has(2)]).toEqual([false, true]);
    await write(0, again);
    expect([again.has(0), again.has(1)]).toEqual([true, true]);
  });
});
