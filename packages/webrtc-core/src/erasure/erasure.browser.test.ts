import { expect, test } from 'vitest';
import { CHUNK_BYTES } from '../content/chunk.ts';
import { loadKernel } from './load-kernel.ts';
import { ReedSolomon } from './reed-solomon.ts';
import { StripeDecoder } from './stripe-decoder.ts';
import { only, range, same, stripedFile } from './striped-file.testing-ground.ts';
import { TableKernel } from './table-kernel.ts';

test('a browser runs the quickest kernel, and makes with it what the tables make', async () => {
  const kernel = await loadKernel();
  expect(kernel.name).toBe('relaxed-simd');
  const data = range(0, 10).map((column) => Uint8Array.from({ length: 50_001 }, (_, at) => (at * (column + 3)) >> 3));
  const parity = new ReedSolomon(10, kernel).encode(data, range(10, 16));
  expect(same(parity, new ReedSolomon(10, new TableKernel()).encode(data, range(10, 16)))).toBe(true);
});

test('a file’s chunks come back from parity alone', async () => {
  const file = await stripedFile({ sizeBytes: 5 * CHUNK_BYTES + 99, k: 4, n: 8 });
  const decoder = new StripeDecoder(file.options);
  for (const stripe of [0, 1]) {
    const parity = only(await file.shards(stripe), range(4, 8));
    const { first, count } = file.geometry.chunksOf(stripe);
    const { chunks } = await decoder.decode(stripe, parity);
    expect(same(chunks, file.chunks.slice(first, first + count))).toBe(true);
  }
});
