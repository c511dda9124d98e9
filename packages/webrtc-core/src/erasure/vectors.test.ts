import { describe, expect, test } from 'vitest';
import vectors from '../../vectors/erasure.json' with { type: 'json' };
import { CHUNK_BYTES, chunkLength } from '../content/chunk.ts';
import { hashChunk } from '../content/hash.ts';
import { fromHex, toHex } from '../testing/hex.ts';
import { ChunkTags } from './chunk-tags.ts';
import { codeRow } from './code-rows.ts';
import { product } from './galois-field.ts';
import { loadKernel } from './load-kernel.ts';
import { ReedSolomon } from './reed-solomon.ts';
import { importStripeKey, StripeCipher } from './stripe-cipher.ts';
import { StripeEncoder } from './stripe-encoder.ts';
import { StripeGeometry } from './stripe-geometry.ts';
import { range } from './striped-file.testing-ground.ts';
import { TableKernel } from './table-kernel.ts';

const kernels = [new TableKernel(), await loadKernel()];

test.each(vectors.products)('$a times $b', ({ a, b, product: expected }) => {
  expect(product(a, b)).toBe(expected);
});

test.each(vectors.rows)('the row of shard $index with $k data shards', ({ k, index, row }) => {
  expect(toHex(codeRow(k, index))).toBe(row);
});

describe.each(kernels)('codes, by the kernel $name', (kernel) => {
  test.each(vectors.codes)('$name', ({ k, n, data, parity }) => {
    const code = new ReedSolomon(k, kernel);
    expect(code.encode(data.map(fromHex), range(k, n)).map(toHex)).toEqual(parity);
    const shards = [...data, ...parity].map((shard, index) => [index, fromHex(shard)] as const);
    expect(code.reconstruct(new Map(shards.slice(n - k)), range(0, k)).map(toHex)).toEqual(data);
  });
});

describe('encrypted chunks', () => {
  test.each(vectors.chunks)('$name', async ({ key, version, stripe, column, chunk, shard, tag }) => {
    const cipher = new StripeCipher(await importStripeKey(fromHex(key)), version);
    const encrypted = await cipher.encrypt({ stripe, column }, fromHex(chunk));
    expect([toHex(encrypted.shard), toHex(encrypted.tag)]).toEqual([shard, tag]);
    expect(toHex(await cipher.decrypt({ stripe, column }, fromHex(shard), fromHex(tag)))).toBe(chunk);
  });
});

describe('geometry', () => {
  test.each(vectors.geometry)('$name', ({ sizeBytes, k, n, chunks, stripes, groups, columns }) => {
    const geometry = new StripeGeometry({ sizeBytes, k, n });
    expect([geometry.chunkCount, geometry.stripeCount, geometry.groupCount]).toEqual([chunks, stripes, groups]);
    for (const { group, index, fullShards, lastBytes } of columns) {
      const full = new Array<number>(fullShards).fill(CHUNK_BYTES);
      expect(geometry.columnShards(group, index)).toEqual(lastBytes > 0 ? [...full, lastBytes] : full);
    }
  });
});

describe('shards of whole files', () => {
  test.each(vectors.files)('$name', async ({ byte, sizeBytes, k, n, key, version, stripes }) => {
    const geometry = new StripeGeometry({ sizeBytes, k, n });
    const tags = new ChunkTags(geometry.chunkCount);
    const encoder = new StripeEncoder({
      geometry,
      kernel: kernels[1]!,
      cipher: new StripeCipher(await importStripeKey(fromHex(key)), version),
      tags,
      read: async (chunk) => new Uint8Array(chunkLength(sizeBytes, chunk)).fill(byte),
      record: async () => {},
    });
    expect(geometry.stripeCount).toBe(stripes.length);
    for (const [stripe, expected] of stripes.entries()) {
      for (const [index, shard] of expected.shards.entries()) {
        const bytes = await encoder.shard(stripe, index);
        expect({ sizeBytes: bytes.length, sha256: toHex(await hashChunk(bytes)) }).toEqual(shard);
      }
      expect(toHex(tags.getRun(geometry.chunksOf(stripe))!)).toBe(expected.tags);
    }
  });
});
