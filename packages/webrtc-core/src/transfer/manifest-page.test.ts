import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ManifestEntry } from '../content/manifest.ts';
import { sizedManifest } from '../testing/sized-manifest.ts';
import { encode } from '../wire/codec.ts';
import { WIRE_LIMITS } from '../wire/limits.ts';
import { manifestPage } from './manifest-page.ts';

const transfer = '01234567-89ab-4cde-8f01-23456789abcd';

const segment = fc.string({ unit: 'binary', maxLength: 250 });
const entry: fc.Arbitrary<ManifestEntry> = fc.record({
  path: fc.array(segment, { minLength: 1, maxLength: 64 }),
  sizeBytes: fc.maxSafeNat(),
  modifiedMs: fc.maxSafeNat(),
  mediaType: fc.string({ maxLength: 255 }),
});

test('pages laid end to end are the manifest, and each fits a message', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 30 }), (entries) => {
      const collected: ManifestEntry[] = [];
      for (;;) {
        const page = manifestPage({ entries }, collected.length);
        const { head } = encode({ type: 'manifest', transfer, firstEntry: collected.length, entries: page });
        expect(head.length).toBeLessThanOrEqual(WIRE_LIMITS.maxControlBytes);
        if (page.length === 0) break;
        collected.push(...page);
      }
      expect(collected).toEqual(entries);
    }),
    { numRuns: 50 },
  );
});

test('many short entries share a page', () => {
  const manifest = sizedManifest(new Array(5000).fill(1));
  const first = manifestPage(manifest, 0);
  expect(first.length).toBeGreaterThan(500);
  expect(first.length).toBeLessThan(5000);
});

test('behind the end there is nothing', () => {
  expect(manifestPage(sizedManifest([1, 1]), 2)).toEqual([]);
  expect(manifestPage(sizedManifest([1, 1]), 99)).toEqual([]);
});
