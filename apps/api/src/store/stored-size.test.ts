import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHUNK_BYTES, columnBytes, groupCount, storedBytes } from './stored-size.ts';

const MIB = CHUNK_BYTES;

test('whole stripes take n / k of the file', () => {
  expect(storedBytes(64 * MIB, { k: 4, n: 16 })).toBe(256 * MIB);
  expect(storedBytes(10, { k: 1, n: 5 })).toBe(50);
});

test('nobody holds anything of a file at risk', () => {
  expect(storedBytes(64 * MIB, { k: 1, n: 0 })).toBe(0);
});

test('in the last stripe parity is as long as its longest chunk, and data that is not there takes nothing', () => {
  // One chunk and ten bytes of four: the parity is whole.
  expect(storedBytes(MIB + 10, { k: 4, n: 6 })).toBe(MIB + 10 + 2 * MIB);
  expect(storedBytes(100, { k: 4, n: 16 })).toBe(100 + 12 * 100);
  expect(storedBytes(8 * MIB + 5, { k: 8, n: 10 })).toBe(8 * MIB + 5 + 2 * (MIB + 5));
});

test('a column is one shard of each stripe of its group, 64 at most', () => {
  expect(columnBytes(1000 * MIB, 4, 0)).toBe(64 * MIB);
  expect(columnBytes(260 * MIB, 4, 1)).toBe(MIB);
  expect(columnBytes(256 * MIB + 7, 4, 1)).toBe(7);
  expect(columnBytes(256 * MIB, 4, 1)).toBe(0);
});

test('an empty file has no groups', () => {
  expect(groupCount(0, 4)).toBe(0);
  expect(groupCount(1, 4)).toBe(1);
  expect(groupCount(256 * MIB, 4)).toBe(1);
  expect(groupCount(256 * MIB + 1, 4)).toBe(2);
});

test('the columns of all groups together are the parity of the file', () => {
  fc.assert(
    fc.property(fc.nat(2000 * MIB), fc.integer({ min: 1, max: 8 }), (sizeBytes, k) => {
      const groups = Array.from({ length: groupCount(sizeBytes, k) }, (_, group) => columnBytes(sizeBytes, k, group));
      const parity = groups.reduce((sum, bytes) => sum + bytes, 0);
      expect(storedBytes(sizeBytes, { k, n: k + 3 })).toBe(sizeBytes + 3 * parity);
    }),
  );
});
