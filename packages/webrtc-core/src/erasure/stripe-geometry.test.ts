import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHUNK_BYTES, chunkCount, chunkLength } from '../content/chunk.ts';
import { STRIPES_PER_GROUP, StripeGeometry } from './stripe-geometry.ts';

const refusal = (code: string) => expect.objectContaining({ name: 'ErasureError', code });

const files = fc
  .record({
    k: fc.integer({ min: 1, max: 128 }),
    parity: fc.integer({ min: 0, max: 128 }),
    chunks: fc.integer({ min: 1, max: 3000 }),
    lastBytes: fc.integer({ min: 1, max: CHUNK_BYTES }),
  })
  .map(({ k, parity, chunks, lastBytes }) => ({ k, n: k + parity, sizeBytes: (chunks - 1) * CHUNK_BYTES + lastBytes }));

function range(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at);
}

test('every chunk of the file is one data shard, in order, whole', () => {
  fc.assert(
    fc.property(files, (file) => {
      const geometry = new StripeGeometry(file);
      let next = 0;
      for (const stripe of range(geometry.stripeCount)) {
        const { first, count } = geometry.chunksOf(stripe);
        expect(first).toBe(next);
        for (const column of range(count)) {
          expect(geometry.placeOf(first + column)).toEqual({ stripe, column });
          expect(geometry.shardBytes(stripe, column)).toBe(chunkLength(file.sizeBytes, first + column));
        }
        next += count;
      }
      expect(next).toBe(chunkCount(file.sizeBytes));
    }),
    { numRuns: 20 },
  );
});

test('all stripes but the last are full, and parity is as long as the longest chunk', () => {
  fc.assert(
    fc.property(files, (file) => {
      const geometry = new StripeGeometry(file);
      for (const stripe of range(geometry.stripeCount)) {
        const lengths = range(file.n).map((index) => geometry.shardBytes(stripe, index));
        const longest = Math.max(...lengths.slice(0, file.k));
        expect(lengths.slice(file.k).every((lengthBytes) => lengthBytes === longest)).toBe(true);
        if (stripe < geometry.stripeCount - 1) expect(Math.min(...lengths)).toBe(CHUNK_BYTES);
      }
    }),
    { numRuns: 20 },
  );
});

test('a column is a file of full chunks, of which the last alone may be shorter or missing', () => {
  fc.assert(
    fc.property(files, (file) => {
      const geometry = new StripeGeometry(file);
      let dataBytes = 0;
      for (const group of range(geometry.groupCount)) {
        const stripes = geometry.stripesOf(group);
        for (const index of range(file.n)) {
          const shards = geometry.columnShards(group, index);
          const bytes = geometry.columnBytes(group, index);
          expect(shards.reduce((sum, lengthBytes) => sum + lengthBytes, 0)).toBe(bytes);
          expect(shards).toEqual(range(chunkCount(bytes)).map((chunk) => chunkLength(bytes, chunk)));
          expect(shards.length).toBeGreaterThanOrEqual(stripes.count - 1);
          if (index < file.k) dataBytes += bytes;
        }
      }
      expect(dataBytes).toBe(file.sizeBytes);
    }),
    { numRuns: 20 },
  );
});

test('groups have 64 stripes, the last one what is left', () => {
  const geometry = new StripeGeometry({ sizeBytes: (2 * STRIPES_PER_GROUP + 1) * 3 * CHUNK_BYTES, k: 3, n: 5 });
  expect(geometry.groupCount).toBe(3);
  expect(range(3).map((group) => geometry.stripesOf(group))).toEqual([
    { first: 0, count: 64 },
    { first: 64, count: 64 },
    { first: 128, count: 1 },
  ]);
  expect([0, 63, 64, 128].map((stripe) => geometry.groupOf(stripe))).toEqual([0, 0, 1, 2]);
});

test('the last stripe of a file: one chunk and a byte', () => {
  const geometry = new StripeGeometry({ sizeBytes: 5 * CHUNK_BYTES + 1, k: 4, n: 6 });
  expect(range(6).map((index) => geometry.shardBytes(1, index))).toEqual([
    CHUNK_BYTES,
    1,
    0,
    0,
    CHUNK_BYTES,
    CHUNK_BYTES,
  ]);
  expect(range(6).map((index) => geometry.columnShards(0, index).length)).toEqual([2, 2, 1, 1, 2, 2]);
});

test('a small file is one short stripe, whose parity is as short', () => {
  const geometry = new StripeGeometry({ sizeBytes: 1000, k: 3, n: 6 });
  expect(range(6).map((index) => geometry.columnShards(0, index))).toEqual([[1000], [], [], [1000], [1000], [1000]]);
});

test('an empty file has no stripes and no groups', () => {
  const { chunkCount, stripeCount, groupCount } = new StripeGeometry({ sizeBytes: 0, k: 4, n: 6 });
  expect([chunkCount, stripeCount, groupCount]).toEqual([0, 0, 0]);
});

describe('what there is not', () => {
  const geometry = new StripeGeometry({ sizeBytes: 9 * CHUNK_BYTES, k: 4, n: 6 });

  test.each([-1, 3, 0.5, Number.NaN])('stripe %d', (stripe) => {
    expect(() => geometry.chunksOf(stripe)).toThrow(refusal('index-invalid'));
    expect(() => geometry.groupOf(stripe)).toThrow(refusal('index-invalid'));
    expect(() => geometry.shardBytes(stripe, 0)).toThrow(refusal('index-invalid'));
  });

  test.each([-1, 6, 0.5])('shard %d', (index) => {
    expect(() => geometry.shardBytes(0, index)).toThrow(refusal('index-invalid'));
    expect(() => geometry.columnBytes(0, index)).toThrow(refusal('index-invalid'));
  });

  test('a group, and a chunk, beyond the end', () => {
    expect(() => geometry.stripesOf(1)).toThrow(refusal('index-invalid'));
    expect(() => geometry.placeOf(9)).toThrow(refusal('index-invalid'));
  });

  test.each([-1, 1.5, Number.MAX_SAFE_INTEGER + 1])('a file of %d bytes', (sizeBytes) => {
    expect(() => new StripeGeometry({ sizeBytes, k: 4, n: 6 })).toThrow(refusal('length-invalid'));
  });

  test('more stripes than the cipher can number', () => {
    const most = 2 ** 32 * CHUNK_BYTES;
    expect(new StripeGeometry({ sizeBytes: most, k: 1, n: 2 }).stripeCount).toBe(2 ** 32);
    expect(() => new StripeGeometry({ sizeBytes: most + 1, k: 1, n: 2 })).toThrow(refusal('length-invalid'));
  });
});
