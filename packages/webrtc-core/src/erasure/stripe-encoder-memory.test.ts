import { memoryUsage } from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { CHUNK_BYTES } from '../content/chunk.ts';
import { ChunkTags } from './chunk-tags.ts';
import { loadKernel } from './load-kernel.ts';
import { generateStripeKey, StripeCipher } from './stripe-cipher.ts';
import { StripeEncoder } from './stripe-encoder.ts';
import { StripeGeometry } from './stripe-geometry.ts';
import { range } from './striped-file.testing-ground.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const STRIPES = 12;
const K = 8;
const N = 32;
/** One stripe that is being made, and two in the cache. */
const STRIPES_HELD = 3;
/** Chunks that are being read and encrypted, twice, and shards that were handed out just now. */
const BESIDE_CHUNKS = 12;

test('thirty-two holders of a long file take the memory of three stripes, not of the file', async () => {
  const geometry = new StripeGeometry({ sizeBytes: STRIPES * K * CHUNK_BYTES, k: K, n: N });
  const kernel = await loadKernel();
  const cipher = new StripeCipher(await generateStripeKey(), '01234567-89ab-4cde-8f01-23456789abcd');
  const tags = new ChunkTags(geometry.chunkCount);
  collectGarbage();
  const before = memoryUsage().arrayBuffers;
  let mostBytes = 0;
  const measure = () => {
    collectGarbage();
    mostBytes = Math.max(mostBytes, memoryUsage().arrayBuffers - before);
  };
  const read = async (chunk: number) => {
    measure();
    return new Uint8Array(CHUNK_BYTES).fill(chunk);
  };
  const encoder = new StripeEncoder({ geometry, kernel, cipher, tags, read, record: async () => {} });
  const pull = async (index: number) => {
    for (const stripe of range(0, STRIPES)) {
      await encoder.shard(stripe, index);
      if (index === 0) measure();
    }
  };
  await Promise.all(range(0, N).map(pull));
  expect(mostBytes / CHUNK_BYTES).toBeGreaterThan(2 * N);
  expect(mostBytes / CHUNK_BYTES).toBeLessThan(STRIPES_HELD * N + BESIDE_CHUNKS);
});
