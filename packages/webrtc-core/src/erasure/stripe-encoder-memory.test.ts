import { memoryUsage } from 'node:process';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { CHUNK_BYTES } from '../content/chunk.ts';
import { ChunkTags } from './chunk-tags.ts';
import type { Kernel } from './kernel.ts';
import { loadKernel } from './load-kernel.ts';
import { generateStripeKey, StripeCipher } from './stripe-cipher.ts';
import { StripeEncoder } from './stripe-encoder.ts';
import { StripeGeometry } from './stripe-geometry.ts';
import { range } from './striped-file.testing-ground.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const STRIPES = 6;
const K = 8;
const N = 32;
/** One stripe that is being made, and two in the cache. */
const STRIPES_HELD = 3;
/** Chunks as they were read, which are forgotten soon, and a stripe that left the cache while somebody was taking a shard. */
const BESIDE_CHUNKS = 9 + N;

test('thirty-two holders of a long file take the memory of a few stripes, not of the file', async () => {
  const geometry = new StripeGeometry({ sizeBytes: STRIPES * K * CHUNK_BYTES, k: K, n: N });
  const loaded = await loadKernel();
  const cipher = new StripeCipher(await generateStripeKey(), '01234567-89ab-4cde-8f01-23456789abcd');
  const tags = new ChunkTags(geometry.chunkCount);
  collectGarbage();
  const before = memoryUsage().external;
  let mostBytes = 0;
  const kernel: Kernel = {
    name: loaded.name,
    // Now there is most: the stripes of the cache, and all of the one that is being made.
    multiply(matrix, inputs, outputs) {
      loaded.multiply(matrix, inputs, outputs);
      collectGarbage();
      mostBytes = Math.max(mostBytes, memoryUsage().external - before);
    },
  };
  const read = async (chunk: number) => new Uint8Array(CHUNK_BYTES).fill(chunk);
  const encoder = new StripeEncoder({ geometry, kernel, cipher, tags, read, record: async () => {} });
  const pull = async (index: number) => {
    for (const stripe of range(0, STRIPES)) await encoder.shard(stripe, index);
  };
  await Promise.all(range(0, N).map(pull));
  // Less would mean that it is not measured at all.
  expect(mostBytes / CHUNK_BYTES).toBeGreaterThan(STRIPES_HELD * N - 1);
  expect(mostBytes / CHUNK_BYTES).toBeLessThan(STRIPES_HELD * N + BESIDE_CHUNKS);
});
