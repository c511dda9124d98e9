import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHUNK_BYTES, chunkCount, chunkLength } from './chunk.ts';

test('a chunk is one mebibyte, for ever', () => {
  expect(CHUNK_BYTES).toBe(1_048_576);
});

test.each([
  [0, []],
  [1, [1]],
  [CHUNK_BYTES - 1, [CHUNK_BYTES - 1]],
  [CHUNK_BYTES, [CHUNK_BYTES]],
  [CHUNK_BYTES + 1, [CHUNK_BYTES, 1]],
])('%i bytes are cut into %j', (sizeBytes, lengths) => {
  expect(Array.from({ length: chunkCount(sizeBytes) }, (_, index) => chunkLength(sizeBytes, index))).toEqual(lengths);
});

test('chunks of any size add up: all full but the last, which is never empty', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (sizeBytes) => {
      const count = chunkCount(sizeBytes);
      const last = chunkLength(sizeBytes, count - 1);
      expect(last).toBeGreaterThan(0);
      expect(last).toBeLessThanOrEqual(CHUNK_BYTES);
      expect((count - 1) * CHUNK_BYTES + last).toBe(sizeBytes);
      if (count > 1) expect(chunkLength(sizeBytes, 0)).toBe(CHUNK_BYTES);
    }),
  );
});
