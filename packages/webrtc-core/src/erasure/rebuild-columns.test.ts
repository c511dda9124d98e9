import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHUNK_BYTES } from '../content/chunk.ts';
import { rebuildColumns } from './rebuild-columns.ts';
import { only, range, same, stripedFile } from './striped-file.testing-ground.ts';

const refusal = (code: string) => expect.objectContaining({ name: 'ErasureError', code });

/** A full stripe, one that ends with a short chunk, and one of a single short chunk. */
const files = await Promise.all([
  stripedFile({ sizeBytes: 3 * CHUNK_BYTES, k: 3, n: 6 }),
  stripedFile({ sizeBytes: CHUNK_BYTES + 12_345, k: 4, n: 7 }, 2),
  stripedFile({ sizeBytes: 777, k: 3, n: 6 }, 3),
]);

describe.each(files)('a stripe of a file of $geometry.sizeBytes bytes', ({ geometry, options, shards }) => {
  const { k, n } = geometry;
  const there = range(0, n).filter((index) => geometry.shardBytes(0, index) > 0);
  const needed = geometry.chunksOf(0).count;

  test('any as many shards as it has chunks make all columns', async () => {
    const all = await shards(0);
    const kept = fc.shuffledSubarray(there, { minLength: needed, maxLength: needed });
    await fc.assert(
      fc.property(kept, (indexes) => {
        const rebuilt = rebuildColumns(geometry, options.kernel, 0, only(all, indexes), range(0, n));
        expect(
          same(
            rebuilt,
            range(0, n).map((index) => all.get(index)),
          ),
        ).toBe(true);
      }),
      { numRuns: 12 },
    );
  });

  test('one fewer is refused, and empty shards count for nothing', async () => {
    const all = await shards(0);
    const absent = range(0, k).filter((index) => geometry.shardBytes(0, index) === 0);
    const tooFew = only(all, [...there.slice(1, needed), ...absent]);
    expect(() => rebuildColumns(geometry, options.kernel, 0, tooFew, [0])).toThrow(refusal('shards-too-few'));
  });

  test('parity beyond n is made as if it had always been there', async () => {
    const all = await shards(0);
    const more = await stripedFile({ sizeBytes: geometry.sizeBytes, k, n: n + 1 });
    const [added] = rebuildColumns(more.geometry, options.kernel, 0, only(all, there.slice(0, needed)), [n]);
    const others = new Map([...only(all, there.slice(1, needed)), [n, added!]]);
    const [first] = rebuildColumns(more.geometry, options.kernel, 0, others, [0]);
    expect(same([first!], [all.get(0)])).toBe(true);
  });

  test('a shard that is cut off or too long is refused', async () => {
    const all = await shards(0);
    for (const bytes of [all.get(0)!.subarray(1), new Uint8Array(all.get(0)!.length + 1)]) {
      const present = new Map(all).set(0, bytes);
      expect(() => rebuildColumns(geometry, options.kernel, 0, present, [n - 1])).toThrow(refusal('length-invalid'));
    }
  });

  test('shards and stripes that there are not are refused', async () => {
    const all = await shards(0);
    expect(() => rebuildColumns(geometry, options.kernel, 0, all, [n])).toThrow(refusal('index-invalid'));
    expect(() => rebuildColumns(geometry, options.kernel, 1, all, [0])).toThrow(refusal('index-invalid'));
    const present = new Map(all).set(n, all.get(0)!);
    expect(() => rebuildColumns(geometry, options.kernel, 0, present, [0])).toThrow(refusal('index-invalid'));
  });
});
