import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnSizeBytes, lastStripeChunks, stripeCount } from './column-size.ts';
import { CHUNK_BYTES, columnBytes, groupCount } from './stored-size.ts';

const MIB = CHUNK_BYTES;
const sizes = (sizeBytes: number, k: number, n: number, group: number) =>
  Array.from({ length: n }, (_, index) => columnSizeBytes({ sizeBytes, k }, group, index));

test('of a group that is full, every column has 64 chunks', () => {
  expect(new Set(sizes(1024 * MIB, 8, 12, 0))).toEqual(new Set([64 * MIB]));
});

test('data columns end where the file ends, parity goes on to the end of the stripe', () => {
  // Four stripes of three; the last one has two chunks, the second of which is short.
  expect(sizes(10.5 * MIB, 3, 5, 0)).toEqual([4 * MIB, 3.5 * MIB, 3 * MIB, 4 * MIB, 4 * MIB]);
});

test('a group whose only stripe is short lacks data columns', () => {
  const sizeBytes = 64 * 3 * MIB + 100;
  expect(sizes(sizeBytes, 3, 5, 1)).toEqual([100, 0, 0, 100, 100]);
  expect(lastStripeChunks({ sizeBytes, k: 3 }, 1)).toBe(1);
});

test('data columns of all groups together are the file, and none is larger than the largest', () => {
  const anyFile = fc.record({ sizeBytes: fc.integer({ min: 1, max: 2000 * MIB }), k: fc.integer({ min: 1, max: 8 }) });
  fc.assert(
    fc.property(anyFile, ({ sizeBytes, k }) => {
      let dataBytes = 0;
      for (let group = 0; group < groupCount(sizeBytes, k); group++) {
        const all = sizes(sizeBytes, k, k + 1, group);
        expect(Math.max(...all)).toBe(columnBytes(sizeBytes, k, group));
        expect(all.at(-1)).toBe(columnBytes(sizeBytes, k, group));
        expect(stripeCount({ sizeBytes, k }, group)).toBeGreaterThan(0);
        dataBytes += all.slice(0, k).reduce((sum, bytes) => sum + bytes, 0);
      }
      expect(dataBytes).toBe(sizeBytes);
    }),
  );
});
