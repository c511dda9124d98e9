import { describe, expect, test } from 'vitest';
import vectors from '../../vectors/content-ids.json' with { type: 'json' };
import { fromHex, toHex } from '../testing/hex.ts';
import { sizedLayout } from '../testing/sized-manifest.ts';
import { bundleRoot, contentId } from './content-id.ts';
import { hashChunk } from './hash.ts';
import type { BundleLayout } from './layout.ts';
import { merkleRoot } from './merkle.ts';

interface RepeatedByte {
  byte: number;
  sizeBytes: number;
}

/** Where the chunks of such files stand in a bundle, and what each of them hashes to. */
async function hashed(files: readonly RepeatedByte[]): Promise<{ layout: BundleLayout; hashes: Uint8Array[] }> {
  const layout = sizedLayout(files.map(({ sizeBytes }) => sizeBytes));
  const hashes: Uint8Array[] = [];
  for (let chunk = 0; chunk < layout.chunkCount; chunk++) {
    const { entry, length } = layout.place(chunk);
    hashes.push(await hashChunk(new Uint8Array(length).fill(files[entry]!.byte)));
  }
  return { layout, hashes };
}

describe('roots over chunk hashes', () => {
  test.each(vectors.roots)('$chunkHashes.length leaves', ({ chunkHashes, root }) => {
    expect(toHex(merkleRoot(chunkHashes.map(fromHex)))).toBe(root);
  });
});

describe('content ids of files', () => {
  test.each(vectors.files)('$name', async (file) => {
    const { layout, hashes } = await hashed([file]);
    expect(hashes.map(toHex)).toEqual(file.chunkHashes);
    expect(toHex(contentId(layout, 0, (chunk) => hashes[chunk])!)).toBe(file.contentId);
  });
});

describe('roots over the content ids of a bundle', () => {
  test.each(vectors.bundles)('$name', async ({ files, root }) => {
    const { layout, hashes } = await hashed(files);
    const all = { first: 0, count: files.length };
    expect(toHex(bundleRoot(layout, all, (chunk) => hashes[chunk])!)).toBe(root);
  });
});
