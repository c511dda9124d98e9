import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { sizedLayout } from '../testing/sized-manifest.ts';
import { CHUNK_BYTES } from './chunk.ts';
import { bundleRoot, contentId } from './content-id.ts';
import { merkleRoot } from './merkle.ts';

/** Entries of two chunks, none, and one. */
const layout = sizedLayout([CHUNK_BYTES + 1, 0, 9]);
const hashes = [0, 1, 2].map((chunk) => new Uint8Array(createHash('sha256').update(`${chunk}`).digest()));
const hashOf = (chunk: number) => hashes[chunk];
const lacking = (missing: number) => (chunk: number) => (chunk === missing ? undefined : hashes[chunk]);

test('an entry’s content id is the root over its own chunks', () => {
  expect(contentId(layout, 0, hashOf)).toEqual(merkleRoot([hashes[0]!, hashes[1]!]));
  expect(contentId(layout, 1, hashOf)).toEqual(merkleRoot([]));
  expect(contentId(layout, 2, hashOf)).toEqual(merkleRoot([hashes[2]!]));
});

test('the same content has the same id wherever it stands in a bundle', () => {
  const other = sizedLayout([5, CHUNK_BYTES + 1]);
  expect(contentId(other, 1, (chunk) => hashes[chunk - 1])).toEqual(contentId(layout, 0, hashOf));
});

test('a bundle’s root is the root over content ids, for any stretch of entries', () => {
  const ids = [0, 1, 2].map((entry) => contentId(layout, entry, hashOf)!);
  expect(bundleRoot(layout, { first: 0, count: 3 }, hashOf)).toEqual(merkleRoot(ids));
  expect(bundleRoot(layout, { first: 1, count: 2 }, hashOf)).toEqual(merkleRoot(ids.slice(1)));
  expect(bundleRoot(layout, { first: 0, count: 2 }, hashOf)).not.toEqual(
    bundleRoot(layout, { first: 0, count: 3 }, hashOf),
  );
});

test('there is no id while one hash is unknown', () => {
  expect(contentId(layout, 0, lacking(1))).toBeUndefined();
  expect(contentId(layout, 0, lacking(2))).toBeDefined();
  expect(bundleRoot(layout, { first: 0, count: 3 }, lacking(2))).toBeUndefined();
  expect(bundleRoot(layout, { first: 0, count: 2 }, lacking(2))).toBeDefined();
});
