import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHUNK_BYTES } from '../content/chunk.ts';
import { sizedLayout } from '../testing/sized-manifest.ts';
import { PartLayout, partName, partsFolderName } from './part-layout.ts';

const MIB = 1024 * 1024;
const sizes = fc.oneof(
  fc.array(fc.nat(3 * CHUNK_BYTES), { maxLength: 300 }),
  fc.array(fc.nat(300 * CHUNK_BYTES), { maxLength: 6 }),
);

test('every chunk has its own place in one part, parts are at most 64 MiB, and know their chunks', () => {
  fc.assert(
    fc.property(sizes, (list) => {
      const bundle = sizedLayout(list);
      const layout = new PartLayout(bundle);
      let end = { part: 0, position: 0 };
      for (let chunk = 0; chunk < bundle.chunkCount; chunk++) {
        const { part, position, length } = layout.place(chunk);
        if (part === end.part) expect(position).toBe(end.position);
        else expect(part).toBe(end.part + 1);
        expect(length).toBe(bundle.lengthOf(chunk));
        expect(position + length).toBeLessThanOrEqual(64 * MIB);
        const { first, count } = layout.chunksOf(part);
        expect(chunk - first).toBeGreaterThanOrEqual(0);
        expect(chunk - first).toBeLessThan(count);
        end = { part, position: position + length };
      }
    }),
    { numRuns: 30 },
  );
});

test('the parts of a bundle have all its chunks between them, in order', () => {
  const bundle = sizedLayout([200 * MIB + 1, 0, 5, 70 * MIB]);
  const layout = new PartLayout(bundle);
  const runs = [0, 1, 2, 3, 4, 5].map((part) => layout.chunksOf(part));
  let next = 0;
  for (const { first, count } of runs) {
    expect(first).toBe(next);
    next += count;
  }
  expect(next).toBe(bundle.chunkCount);
  expect(runs.at(-1)!.count).toBe(0);
});

test('names say what they are', () => {
  expect(partsFolderName('0a1b2c3d-4e5f-4000-8000-000000000000')).toBe('Ferry parts 0a1b2c3d');
  expect([partName(0), partName(99), partName(12_344)]).toEqual(['part-0001', 'part-0100', 'part-12345']);
});
