import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { merkleRoot } from './merkle.ts';

function sha256(...parts: (Uint8Array | number[])[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(Uint8Array.from(part));
  return new Uint8Array(hash.digest());
}

/** RFC 6962, section 2.1, word for word: MTH of n > 1 splits at the largest power of two smaller than n. */
function naiveRoot(leaves: Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return sha256([0x00], leaves[0]!);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return sha256([0x01], naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split)));
}

const leaf = fc.uint8Array({ minLength: 32, maxLength: 32 });

test('the root over nothing is the hash of nothing', () => {
  const root = Array.from(merkleRoot([]), (byte) => byte.toString(16).padStart(2, '0')).join('');
  expect(root).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 100])('%i leaves give the root that the RFC defines', (count) => {
  const leaves = Array.from({ length: count }, (_, index) => sha256([index]));
  expect(merkleRoot(leaves)).toEqual(naiveRoot(leaves));
});

test('any leaves give the root that the RFC defines', () => {
  fc.assert(
    fc.property(fc.array(leaf, { maxLength: 70 }), (leaves) => {
      expect(merkleRoot(leaves)).toEqual(naiveRoot(leaves));
    }),
  );
});

test('one leaf has another root than itself, and a pair another than its concatenation', () => {
  const [a, b] = [sha256([1]), sha256([2])];
  expect(merkleRoot([a])).not.toEqual(a);
  expect(merkleRoot([a, b])).not.toEqual(merkleRoot([merkleRoot([a]), merkleRoot([b])]));
  expect(merkleRoot([a, b])).not.toEqual(merkleRoot([b, a]));
  expect(merkleRoot([a, a])).not.toEqual(merkleRoot([a]));
});
