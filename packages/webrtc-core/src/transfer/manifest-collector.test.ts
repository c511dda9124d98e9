import { describe, expect, test } from 'vitest';
import { CHUNK_BYTES } from '../content/chunk.ts';
import type { BundleSummary, ManifestEntry } from '../content/manifest.ts';
import { sizedManifest } from '../testing/sized-manifest.ts';
import type { ManifestMessage } from '../wire/bundle-message.ts';
import { WIRE_LIMITS } from '../wire/limits.ts';
import { ManifestCollector } from './manifest-collector.ts';

const transfer = '01234567-89ab-4cde-8f01-23456789abcd';

function collector(entryCount: number, totalBytes: number): ManifestCollector {
  const summary: BundleSummary = { title: 'x', itemCount: 1, entryCount, totalBytes };
  return new ManifestCollector(summary);
}

function page(firstEntry: number, entries: readonly ManifestEntry[]): ManifestMessage {
  return { type: 'manifest', transfer, firstEntry, entries: [...entries] };
}

const { entries } = sizedManifest([3, 0, 4]);
const invalid = expect.objectContaining({ code: 'manifest-invalid' });

test('pages in order become the manifest, once it is whole', () => {
  const pages = collector(3, 7);
  expect(pages.nextEntry).toBe(0);
  expect(pages.add(page(0, entries.slice(0, 2)))).toBeUndefined();
  expect(pages.nextEntry).toBe(2);
  expect(pages.add(page(2, entries.slice(2)))).toEqual({ entries });
});

test('a page out of order was not asked for', () => {
  const pages = collector(3, 7);
  expect(() => pages.add(page(1, entries.slice(1)))).toThrow(expect.objectContaining({ code: 'message-unexpected' }));
});

describe('what contradicts the announcement is refused at once', () => {
  test.each<[string, ManifestCollector, readonly ManifestEntry[]]>([
    ['more entries', collector(2, 7), entries],
    ['more bytes', collector(4, 6), entries],
    ['fewer bytes', collector(3, 8), entries],
    ['an empty page', collector(3, 7), []],
  ])('%s', (_, pages, list) => {
    expect(() => pages.add(page(0, list))).toThrow(invalid);
  });

  test('more chunks than a bundle may have, although its bytes are as announced', () => {
    const sizes = [WIRE_LIMITS.maxChunks * CHUNK_BYTES, 1];
    const total = sizes[0]! + 1;
    expect(() => collector(2, total).add(page(0, sizedManifest(sizes).entries))).toThrow(invalid);
    expect(collector(1, total - 1).add(page(0, sizedManifest(sizes.slice(0, 1)).entries))).toBeDefined();
  });

  test('names that together would fill the memory', () => {
    const long = { ...entries[1]!, path: new Array(WIRE_LIMITS.maxPathSegments).fill('x'.repeat(1024)) };
    const pages = collector(WIRE_LIMITS.maxEntries, 0);
    const flood = () => {
      for (;;) pages.add(page(pages.nextEntry, new Array(100).fill(long)));
    };
    expect(flood).toThrow(invalid);
    expect(pages.nextEntry).toBeLessThan(5000);
  });
});

test('as many entries as are allowed, with paths as people have them, are taken', () => {
  const path = ['projects', 'website', 'node_modules', 'some-package', 'dist', 'internal', 'a-file-name.d.ts'];
  const one = { path, sizeBytes: 0, modifiedMs: 0, mediaType: 'application/octet-stream' };
  const pages = collector(WIRE_LIMITS.maxEntries, 0);
  let manifest: unknown;
  while (!manifest) manifest = pages.add(page(pages.nextEntry, new Array(1000).fill(one)));
  expect(pages.nextEntry).toBe(WIRE_LIMITS.maxEntries);
});
