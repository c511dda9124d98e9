import { expect, test } from 'vitest';
import { CHUNK_BYTES } from '../content/chunk.ts';
import { ChunkTags } from './chunk-tags.ts';
import { generateStripeKey, StripeCipher } from './stripe-cipher.ts';
import { StripeDecoder } from './stripe-decoder.ts';
import { only, range, same, stripedFile } from './striped-file.testing-ground.ts';

const refusal = (code: string) => expect.objectContaining({ name: 'ErasureError', code });
const corrupt = expect.objectContaining({ name: 'ContentError', code: 'chunk-corrupt' });

/** A full stripe of three, and one of a chunk and a bit. */
const file = await stripedFile({ sizeBytes: 4 * CHUNK_BYTES + 1001, k: 3, n: 6 });
const [first, last] = [await file.shards(0), await file.shards(1)];
const decoder = new StripeDecoder(file.options);

test('data shards alone are decrypted, and nothing is rebuilt', async () => {
  const { chunks, rebuilt } = await decoder.decode(0, only(first, [0, 1, 2]));
  expect(rebuilt).toEqual([]);
  expect(same(chunks, file.chunks.slice(0, 3))).toBe(true);
});

test('from any shards the chunks come out, and what had to be rebuilt is told', async () => {
  const mixed = await decoder.decode(0, only(first, [4, 1, 5]));
  expect(mixed.rebuilt).toEqual([0, 2]);
  expect(same(mixed.chunks, file.chunks.slice(0, 3))).toBe(true);
  const short = await decoder.decode(1, only(last, [3, 5]));
  expect(short.rebuilt).toEqual([0, 1]);
  expect(same(short.chunks, file.chunks.slice(3))).toBe(true);
  expect(short.chunks.map(({ length }) => length)).toEqual([CHUNK_BYTES, 1001]);
});

test('of the last stripe, empty shards may be given or left out', async () => {
  const { chunks, rebuilt } = await decoder.decode(1, only(last, [0, 1, 2]));
  expect([rebuilt, same(chunks, file.chunks.slice(3))]).toEqual([[], true]);
});

test('only what is wanted is rebuilt, in the order it is wanted', async () => {
  const { chunks, rebuilt } = await decoder.decode(0, only(first, [3, 1, 4]), [2, 1]);
  expect(rebuilt).toEqual([2]);
  expect(same(chunks, [file.chunks[2], file.chunks[1]])).toBe(true);
});

test('a wanted column that is there needs no others', async () => {
  const { chunks } = await decoder.decode(0, only(first, [1]), [1]);
  expect(same(chunks, [file.chunks[1]])).toBe(true);
});

test('too few shards are refused', async () => {
  await expect(decoder.decode(0, only(first, [0, 3]))).rejects.toThrow(refusal('shards-too-few'));
  await expect(decoder.decode(1, only(last, [3]))).rejects.toThrow(refusal('shards-too-few'));
});

test.each([-1, 3, 0.5])('column %d holds no chunk', async (column) => {
  await expect(decoder.decode(0, first, [column])).rejects.toThrow(refusal('index-invalid'));
});

test('a wrong bit in any shard that is used is found out', async () => {
  for (const index of [1, 3, 5]) {
    const shards = only(first, [1, 3, 5]);
    const wrong = shards.get(index)!.slice();
    wrong[77]! ^= 1;
    await expect(decoder.decode(0, shards.set(index, wrong))).rejects.toThrow(corrupt);
  }
});

test('shards of another stripe, another key, and chunks without a tag are refused', async () => {
  await expect(decoder.decode(1, only(first, [3, 4, 5]))).rejects.toThrow(corrupt);
  const cipher = new StripeCipher(await generateStripeKey(), '01234567-89ab-4cde-8f01-23456789abcd');
  await expect(new StripeDecoder({ ...file.options, cipher }).decode(0, first)).rejects.toThrow(corrupt);
  const tags = new ChunkTags(file.geometry.chunkCount);
  await expect(new StripeDecoder({ ...file.options, tags }).decode(0, first)).rejects.toThrow(corrupt);
});

test('tags that travelled as bytes are as good', async () => {
  const all = { first: 0, count: file.geometry.chunkCount };
  const tags = ChunkTags.fromBytes(file.options.tags.getRun(all)!, file.geometry.chunkCount);
  const { chunks } = await new StripeDecoder({ ...file.options, tags }).decode(0, only(first, range(3, 6)));
  expect(same(chunks, file.chunks.slice(0, 3))).toBe(true);
});
