import { describe, expect, test } from 'vitest';
import { CHUNK_BYTES } from '../content/chunk.ts';
import { ChunkTags, TAG_BYTES } from './chunk-tags.ts';
import { ReedSolomon } from './reed-solomon.ts';
import { StripeEncoder } from './stripe-encoder.ts';
import { range, same, stripedFile } from './striped-file.testing-ground.ts';

const changed = expect.objectContaining({ name: 'ContentError', code: 'source-changed' });

/** Three stripes: two full ones, and one of a short chunk. */
const SIZES = { sizeBytes: 4 * CHUNK_BYTES + 5, k: 2, n: 5 };

describe('shards', () => {
  test('a data shard is the chunk, encrypted at its place in the file', async () => {
    const { options, chunks } = await stripedFile(SIZES);
    const encoder = new StripeEncoder(options);
    const { shard, tag } = await options.cipher.encrypt({ stripe: 1, column: 1 }, chunks[3]!);
    expect(same([await encoder.shard(1, 1)], [shard])).toBe(true);
    expect(options.tags.get(3)).toEqual(tag);
  });

  test('parity is over encrypted chunks, and over zeros where the last stripe has none', async () => {
    const { options, shards } = await stripedFile(SIZES);
    const code = new ReedSolomon(2, options.kernel);
    const [full, last] = [await shards(1), await shards(2)];
    expect(
      same(
        code.encode([full.get(0)!, full.get(1)!], [2, 3, 4]),
        range(2, 5).map((at) => full.get(at)),
      ),
    ).toBe(true);
    expect(last.get(1)).toEqual(new Uint8Array(0));
    const withZeros = [last.get(0)!, new Uint8Array(5)];
    expect(code.encode(withZeros, [2, 3, 4])).toEqual(range(2, 5).map((at) => last.get(at)));
  });

  test('what there is not is refused before anything is read', async () => {
    const { options, reads } = await stripedFile(SIZES);
    const encoder = new StripeEncoder(options);
    for (const [stripe, index] of [
      [3, 0],
      [-1, 0],
      [0, 5],
      [0, -1],
    ] as const) {
      await expect(encoder.shard(stripe, index)).rejects.toThrow(expect.objectContaining({ code: 'index-invalid' }));
    }
    expect(reads).toEqual([]);
  });
});

describe('one encoding', () => {
  test('serves all holders that are at the same stripe, together or one after the other', async () => {
    const { options, reads } = await stripedFile(SIZES);
    const encoder = new StripeEncoder(options);
    await Promise.all(range(0, 5).map((index) => encoder.shard(0, index)));
    await encoder.shard(0, 3);
    expect(reads).toEqual([0, 1]);
  });

  test('is made anew for a holder that is far behind, with the same result', async () => {
    const { options, reads } = await stripedFile(SIZES);
    const encoder = new StripeEncoder({ ...options, cacheBytes: 6 * CHUNK_BYTES });
    const before = await encoder.shard(0, 4);
    await encoder.shard(1, 4);
    expect(same([await encoder.shard(0, 4)], [before])).toBe(true);
    expect(reads).toEqual([0, 1, 2, 3, 0, 1]);
  });

  test('waits for the one before it', async () => {
    const { options } = await stripedFile(SIZES);
    const reading: number[] = [];
    const stripesAtOnce: number[] = [];
    const read = async (chunk: number) => {
      reading.push(Math.floor(chunk / 2));
      stripesAtOnce.push(new Set(reading).size);
      await new Promise((resolve) => setTimeout(resolve, 1));
      reading.splice(reading.indexOf(Math.floor(chunk / 2)), 1);
      return options.read(chunk);
    };
    const encoder = new StripeEncoder({ ...options, read });
    await Promise.all([0, 1, 2].map((stripe) => encoder.shard(stripe, 2)));
    expect(stripesAtOnce).toEqual([1, 1, 1, 1, 1]);
  });

  test('that failed is tried again by the next who asks', async () => {
    const { options } = await stripedFile(SIZES);
    let isBroken = true;
    const read = async (chunk: number) => {
      if (isBroken) throw new Error('no disk');
      return options.read(chunk);
    };
    const encoder = new StripeEncoder({ ...options, read });
    await expect(encoder.shard(0, 2)).rejects.toThrow('no disk');
    isBroken = false;
    expect((await encoder.shard(0, 2)).length).toBe(CHUNK_BYTES);
  });
});

describe('a file that changed since its tags were recorded', () => {
  const WITHOUT_CACHE = { cacheBytes: 0 };

  test('is refused when a stripe is encoded again, whichever shard is wanted', async () => {
    const { options, chunks } = await stripedFile(SIZES);
    const encoder = new StripeEncoder({ ...options, ...WITHOUT_CACHE });
    await encoder.shard(0, 0);
    chunks[1] = chunks[1]!.slice();
    chunks[1]![500_000]! ^= 1;
    for (const index of range(0, 5)) await expect(encoder.shard(0, index)).rejects.toThrow(changed);
    expect((await encoder.shard(1, 0)).length).toBe(CHUNK_BYTES);
  });

  test('is refused by a program that has its tags from another one', async () => {
    const { options, chunks } = await stripedFile(SIZES);
    const recorded = new ChunkTags(options.tags.chunkCount);
    const record: typeof options.record = async (run, tags) => recorded.setRun(run, tags);
    const shard = await new StripeEncoder({ ...options, record }).shard(0, 3);
    const later = new StripeEncoder({ ...options, tags: recorded });
    expect(same([await later.shard(0, 3)], [shard])).toBe(true);
    chunks[0] = new Uint8Array(CHUNK_BYTES);
    await expect(new StripeEncoder({ ...options, tags: recorded }).shard(0, 3)).rejects.toThrow(changed);
  });

  test('keeps its tags, so that it is served again once it is what it was', async () => {
    const { options, chunks } = await stripedFile(SIZES);
    const encoder = new StripeEncoder({ ...options, ...WITHOUT_CACHE });
    const before = await encoder.shard(0, 3);
    const original = chunks[0]!;
    chunks[0] = new Uint8Array(CHUNK_BYTES);
    await expect(encoder.shard(0, 3)).rejects.toThrow(changed);
    chunks[0] = original;
    expect(same([await encoder.shard(0, 3)], [before])).toBe(true);
  });

  test('is refused when a chunk is longer or shorter than it was', async () => {
    const { options, chunks } = await stripedFile(SIZES);
    chunks[4] = new Uint8Array(6);
    await expect(new StripeEncoder(options).shard(2, 3)).rejects.toThrow(changed);
    expect(options.tags.get(4)).toBeUndefined();
  });
});

describe('tags', () => {
  test('are recorded before a shard is handed out, once a stripe', async () => {
    const { options } = await stripedFile(SIZES);
    const recording = Promise.withResolvers<void>();
    const recorded: [number, number][] = [];
    const record: typeof options.record = async ({ first, count }, tags) => {
      expect(tags).toHaveLength(count * TAG_BYTES);
      expect(options.tags.getRun({ first, count })).toBeUndefined();
      recorded.push([first, count]);
      await recording.promise;
    };
    const encoder = new StripeEncoder({ ...options, record, cacheBytes: 0 });
    let isHandedOut = false;
    const shard = encoder.shard(0, 0).then(() => {
      isHandedOut = true;
    });
    await expect.poll(() => recorded.length).toBe(1);
    expect(isHandedOut).toBe(false);
    recording.resolve();
    await shard;
    expect(options.tags.getRun({ first: 0, count: 2 })).toBeDefined();
    await encoder.shard(0, 1);
    await encoder.shard(2, 0);
    expect(recorded).toEqual([
      [0, 2],
      [4, 1],
    ]);
  });

  test('that could not be recorded are recorded before the next try hands out anything', async () => {
    const { options } = await stripedFile(SIZES);
    let isFull = true;
    let records = 0;
    const record = async () => {
      if (isFull) throw new Error('disk full');
      records++;
    };
    await expect(new StripeEncoder({ ...options, record }).shard(0, 0)).rejects.toThrow('disk full');
    isFull = false;
    // Another encoder, which has these tags from the one before.
    await new StripeEncoder({ ...options, record }).shard(0, 0);
    expect(records).toBe(1);
  });
});
