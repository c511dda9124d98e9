import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHUNK_BYTES } from '../content/chunk.ts';
import { ColumnBundle } from './column-bundle.ts';
import { VERSION_ID } from './stored-version.testing-ground.ts';
import { STRIPES_PER_GROUP, StripeGeometry } from './stripe-geometry.ts';
import { StripeSets } from './stripe-sets.ts';

const refusal = expect.objectContaining({ name: 'ErasureError', code: 'index-invalid' });

function bundleOf(sizeBytes: number, k: number, n: number, columns?: { group: number; index: number }[]) {
  const geometry = new StripeGeometry({ sizeBytes, k, n });
  return new ColumnBundle({ versionId: VERSION_ID, geometry, ...(columns && { columns }) });
}

const files = fc
  .record({
    k: fc.integer({ min: 1, max: 8 }),
    parity: fc.integer({ min: 0, max: 8 }),
    chunks: fc.integer({ min: 1, max: 700 }),
    lastBytes: fc.integer({ min: 1, max: CHUNK_BYTES }),
  })
  .map(({ k, parity, chunks, lastBytes }) => ({ k, n: k + parity, sizeBytes: (chunks - 1) * CHUNK_BYTES + lastBytes }));

test('entries are columns, group by group and index by index, named for what they are', () => {
  const bundle = bundleOf((STRIPES_PER_GROUP * 2 + 1) * CHUNK_BYTES, 2, 3);
  expect(bundle.manifest.entries.map(({ path }) => path)).toEqual(
    ['0-0', '0-1', '0-2', '1-0', '1-2'].map((place) => [`${VERSION_ID}-${place}`]),
  );
  expect(bundle.manifest.entries[0]).toMatchObject({ sizeBytes: 64 * CHUNK_BYTES, modifiedMs: 0, mediaType: '' });
  expect([0, 1, 2, 3, 4].map((entry) => bundle.columnOf(entry))).toMatchObject([
    { group: 0, index: 0 },
    { group: 0, index: 1 },
    { group: 0, index: 2 },
    { group: 1, index: 0 },
    { group: 1, index: 2 },
  ]);
  expect(() => bundle.columnOf(5)).toThrow(refusal);
});

test('every chunk is one shard, every shard is one chunk, and their lengths agree', () => {
  fc.assert(
    fc.property(files, (file) => {
      const bundle = bundleOf(file.sizeBytes, file.k, file.n);
      const { geometry, layout } = bundle;
      let count = 0;
      for (let stripe = 0; stripe < geometry.stripeCount; stripe++) {
        for (const [index, chunk] of bundle.shardsOf(stripe)) {
          expect(bundle.placeOf(chunk)).toEqual({ stripe, index });
          expect(layout.lengthOf(chunk)).toBe(geometry.shardBytes(stripe, index));
          count++;
        }
      }
      expect(count).toBe(layout.chunkCount);
    }),
    { numRuns: 15 },
  );
});

test('as sets, stripes need as many shards as they have chunks, and best those that are chunks', () => {
  fc.assert(
    fc.property(files, (file) => {
      const bundle = bundleOf(file.sizeBytes, file.k, file.n);
      const sets = new StripeSets(bundle);
      expect(sets.count).toBe(bundle.geometry.stripeCount);
      for (let set = 0; set < sets.count; set++) {
        const chunks = sets.chunksOf(set);
        for (const chunk of chunks) expect(sets.setOf(chunk)).toBe(set);
        const needed = sets.neededOf(set);
        expect(needed).toBe(bundle.geometry.chunksOf(set).count);
        expect(chunks.length).toBe(needed + file.n - file.k);
        const best = chunks.slice(0, needed).map((chunk) => bundle.placeOf(chunk).index);
        expect(best).toEqual(Array.from({ length: needed }, (_, index) => index));
      }
    }),
    { numRuns: 15 },
  );
});

test('some columns, in any order, of some groups: sets are numbered through those', () => {
  const columns = [
    { group: 2, index: 1 },
    { group: 0, index: 2 },
    { group: 2, index: 0 },
    { group: 0, index: 0 },
  ];
  const bundle = bundleOf((STRIPES_PER_GROUP * 2 * 2 + 5) * CHUNK_BYTES, 2, 3, columns);
  const sets = new StripeSets(bundle);
  expect([bundle.groups, sets.count]).toEqual([[0, 2], STRIPES_PER_GROUP + 3]);
  expect([sets.stripeOf(63), sets.stripeOf(64), sets.stripeOf(66)]).toEqual([63, 128, 130]);
  expect([sets.setOfStripe(63), sets.setOfStripe(130)]).toEqual([63, 66]);
  // The last stripe has one chunk: its second column is not there.
  expect(sets.chunksOf(66).map((chunk) => bundle.placeOf(chunk))).toEqual([{ stripe: 130, index: 0 }]);
  expect([...bundle.shardsOf(70)]).toEqual([]);
});

test('a column that there is not, or twice, is refused', () => {
  const twice = [
    { group: 0, index: 1 },
    { group: 0, index: 1 },
  ];
  expect(() => bundleOf(5 * CHUNK_BYTES, 2, 3, twice)).toThrow(refusal);
  expect(() => bundleOf(5 * CHUNK_BYTES, 2, 3, [{ group: 0, index: 3 }])).toThrow(refusal);
  expect(() => bundleOf(5 * CHUNK_BYTES, 2, 3, [{ group: 1, index: 0 }])).toThrow(refusal);
});
