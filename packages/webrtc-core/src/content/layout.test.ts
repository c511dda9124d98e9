import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sizedLayout } from '../testing/sized-manifest.ts';
import { CHUNK_BYTES } from './chunk.ts';

const sizes = fc.array(
  fc.oneof(
    fc.constant(0),
    fc.integer({ min: 1, max: 3 * CHUNK_BYTES }),
    fc.constantFrom(CHUNK_BYTES, CHUNK_BYTES - 1, CHUNK_BYTES + 1),
  ),
  { maxLength: 20 },
);

test('chunks lie end to end, cover every byte once and never two entries', () => {
  fc.assert(
    fc.property(sizes, (list) => {
      const layout = sizedLayout(list);
      const covered = list.map(() => 0);
      let end = 0;
      for (let chunk = 0; chunk < layout.chunkCount; chunk++) {
        const { entry, entryOffset, storageOffset, length } = layout.place(chunk);
        expect(length).toBeGreaterThan(0);
        expect(storageOffset).toBe(end);
        expect(entryOffset).toBe(covered[entry]);
        expect(layout.lengthOf(chunk)).toBe(length);
        covered[entry]! += length;
        end += length;
      }
      expect(covered).toEqual(list);
      expect(layout.totalBytes).toBe(end);
    }),
  );
});

test('an entry’s chunks are those whose place is in it', () => {
  fc.assert(
    fc.property(sizes, (list) => {
      const layout = sizedLayout(list);
      const byEntry = list.map((_, entry) => layout.chunksOf(entry));
      let next = 0;
      for (const [entry, { first, count }] of byEntry.entries()) {
        expect(first).toBe(next);
        for (let chunk = first; chunk < first + count; chunk++) expect(layout.entryOf(chunk)).toBe(entry);
        next += count;
      }
      expect(next).toBe(layout.chunkCount);
      expect(layout.entryCount).toBe(list.length);
    }),
  );
});

test('storage offsets count the bytes before, empty entries included', () => {
  const layout = sizedLayout([3, 0, CHUNK_BYTES + 2, 0, 1]);
  expect([0, 1, 2, 3, 4].map((entry) => layout.storageOffsetOf(entry))).toEqual([
    0,
    3,
    3,
    CHUNK_BYTES + 5,
    CHUNK_BYTES + 5,
  ]);
  expect(layout.place(2)).toEqual({
    entry: 2,
    entryOffset: CHUNK_BYTES,
    storageOffset: 3 + CHUNK_BYTES,
    length: 2,
  });
});

test.each([-1, 4, 0.5, Number.NaN, Number.POSITIVE_INFINITY])('there is no chunk %d', (chunk) => {
  const layout = sizedLayout([1, 2, 3, 4]);
  expect(() => layout.place(chunk)).toThrow(RangeError);
  expect(() => layout.entryOf(chunk)).toThrow(RangeError);
});

test('a bundle of nothing has no chunk at all', () => {
  expect(() => sizedLayout([]).place(0)).toThrow(RangeError);
  expect(() => sizedLayout([0]).place(0)).toThrow(RangeError);
});

test('sizes beyond 32 bits keep every byte', () => {
  const large = 2 ** 40 + 5;
  const layout = sizedLayout([large, 1]);
  expect(layout.place(layout.chunkCount - 1)).toEqual({ entry: 1, entryOffset: 0, storageOffset: large, length: 1 });
  expect(layout.place(layout.chunkCount - 2)).toMatchObject({ entryOffset: 2 ** 40, length: 5 });
});
