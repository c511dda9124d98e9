import { expect, test } from 'vitest';
import { CHUNK_BYTES } from '../content/chunk.ts';
import { sizedManifest } from '../testing/sized-manifest.ts';
import { WIRE_LIMITS } from '../wire/limits.ts';
import { checkSendable } from './sendable.ts';

const { maxEntries, maxPathSegments, maxChunks } = WIRE_LIMITS;
const refused = expect.objectContaining({ code: 'manifest-invalid' });

function deep(segments: number) {
  const [entry] = sizedManifest([1]).entries;
  return { entries: [{ ...entry!, path: Array<string>(segments).fill('a') }] };
}

test('takes what a receiver takes', () => {
  checkSendable(sizedManifest([0]));
  checkSendable(sizedManifest(Array<number>(maxEntries).fill(0)));
  checkSendable(deep(maxPathSegments));
  checkSendable(sizedManifest([maxChunks * CHUNK_BYTES]));
});

test.each([
  ['nothing', () => sizedManifest([])],
  ['too many files', () => sizedManifest(Array<number>(maxEntries + 1).fill(0))],
  ['folders too deep', () => deep(maxPathSegments + 1)],
  ['too many bytes', () => sizedManifest([maxChunks * CHUNK_BYTES, 1])],
])('refuses %s', (_, manifest) => {
  expect(() => checkSendable(manifest())).toThrow(refused);
});
