import { generateStripeKey } from '@ferry/webrtc-core/erasure';
import { expect, test } from 'vitest';
import { openManifest, sealManifest } from './delivery-manifest.ts';

const versionId = crypto.randomUUID();
const entry = (name: string, sizeBytes = 1) => ({ path: ['folder', name], sizeBytes, modifiedMs: 5, mediaType: '' });
/** Random names do not pack. */
const many = Array.from({ length: 3000 }, () => entry(crypto.randomUUID()));

async function sealed(entries = many) {
  const key = await generateStripeKey();
  const files = { title: 'folder', itemCount: 1, manifest: { entries } };
  return { files, by: { key, versionId }, pages: await sealManifest(files, { key, versionId }) };
}

test('a manifest of several pages is what it was', async () => {
  const { files, by, pages } = await sealed();
  expect(pages.length).toBeGreaterThan(1);
  expect(await openManifest(pages, many.length, by)).toEqual(files);
});

test('pages that are missing, changed places or are another version’s open nothing', async () => {
  const { by, pages } = await sealed();
  expect(await openManifest(pages.slice(0, -1), many.length, by)).toBeUndefined();
  expect(await openManifest([...pages].reverse(), many.length, by)).toBeUndefined();
  expect(await openManifest(pages, many.length, { ...by, versionId: crypto.randomUUID() })).toBeUndefined();
  expect(await openManifest(pages, many.length, { ...by, key: await generateStripeKey() })).toBeUndefined();
});

test('a manifest of other bytes than the version has is none', async () => {
  const { by, pages } = await sealed();
  expect(await openManifest(pages, many.length + 1, by)).toBeUndefined();
});

test('what no Ferry writes is none', async () => {
  for (const wrong of [{ ...entry('x'), path: [] }, entry('x', -1), { ...entry('x'), path: new Array(65).fill('x') }]) {
    const { by, pages } = await sealed([wrong]);
    expect(await openManifest(pages, wrong.sizeBytes, by)).toBeUndefined();
  }
});
