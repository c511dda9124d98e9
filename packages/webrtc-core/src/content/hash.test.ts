import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HASH_BYTES, hashChunk, hashesEqual, hashNode } from './hash.ts';

function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}

// Both implementations, and the sizes at which one takes over from the other.
test.each([0, 1, 55, 56, 64, 2047, 2048, 2049, 65_536, 1_048_576])('%i bytes hash as everywhere', async (length) => {
  const bytes = Uint8Array.from({ length }, (_, index) => (index * 31) & 0xff);
  expect(await hashChunk(bytes)).toEqual(sha256(bytes));
});

test('any bytes hash the same in both implementations', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
      const expected = sha256(bytes);
      expect(await hashChunk(bytes)).toEqual(expected);
      expect(hashNode(bytes)).toEqual(expected);
      expect(expected.length).toBe(HASH_BYTES);
    }),
  );
});

test('a view hashes its own bytes, not its whole buffer', async () => {
  const buffer = new Uint8Array(10_000).fill(7);
  const view = buffer.subarray(10, 5010);
  expect(await hashChunk(view)).toEqual(sha256(view.slice()));
});

test('hashes are equal when every byte is', () => {
  const hash = sha256(new Uint8Array(1));
  expect(hashesEqual(hash, hash.slice())).toBe(true);
  for (const at of [0, 15, 31]) {
    const other = hash.slice();
    other[at]! ^= 1;
    expect(hashesEqual(hash, other)).toBe(false);
  }
  expect(hashesEqual(hash, hash.subarray(1))).toBe(false);
  expect(hashesEqual(hash.subarray(1), hash)).toBe(false);
});
