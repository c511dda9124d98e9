import { expect, test } from 'vitest';
import { sizedManifest } from '../testing/sized-manifest.ts';
import { chooseEntries, totalBytes } from './manifest.ts';

test('the total is the sum of the sizes, exact beyond 32 bits', () => {
  expect(totalBytes(sizedManifest([]))).toBe(0);
  expect(totalBytes(sizedManifest([2 ** 40, 0, 3]))).toBe(2 ** 40 + 3);
});

test('chosen entries are the same ones in the same order', () => {
  const manifest = sizedManifest([10, 11, 12, 13, 14]);
  const chosen = chooseEntries(manifest, [
    { first: 1, count: 2 },
    { first: 4, count: 1 },
  ]);
  expect(chosen.entries).toEqual([manifest.entries[1], manifest.entries[2], manifest.entries[4]]);
  expect(chooseEntries(manifest, []).entries).toEqual([]);
});

test('entries that do not exist cannot be chosen', () => {
  for (const run of [
    { first: 2, count: 1 },
    { first: 1, count: 2 },
  ]) {
    expect(() => chooseEntries(sizedManifest([1, 1]), [run])).toThrow(
      expect.objectContaining({ code: 'manifest-invalid' }),
    );
  }
});
