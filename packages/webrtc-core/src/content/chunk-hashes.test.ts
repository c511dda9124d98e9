import { expect, test } from 'vitest';
import { ChunkHashes } from './chunk-hashes.ts';

test('keeps a copy of each hash, and knows which it has', () => {
  const hashes = new ChunkHashes(3);
  const hash = new Uint8Array(32).fill(9);
  hashes.set(1, hash);
  hashes.set(2, new Uint8Array(32));
  hash.fill(0);
  expect(hashes.get(0)).toBeUndefined();
  expect(hashes.get(1)).toEqual(new Uint8Array(32).fill(9));
  expect(hashes.get(2)).toEqual(new Uint8Array(32));
  expect(hashes.get(3)).toBeUndefined();
});
