import { readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { CHUNK_BYTES, hashChunk } from '@ferry/webrtc-core';
import { chunkStoreSuite } from '@ferry/webrtc-core/testing';
import { describe, expect, test } from 'vitest';
import { columnLayoutOf, KEY } from '../testing/chunk-contents.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { DiskStores } from './disk-stores.ts';

async function write(stores: DiskStores, sizeBytes: number): Promise<void> {
  const layout = columnLayoutOf(sizeBytes);
  const store = await stores.open(KEY, layout);
  for (let chunk = 0; chunk < layout.chunkCount; chunk++) {
    const bytes = new Uint8Array(layout.lengthOf(chunk)).fill(chunk + 1);
    await store.write(chunk, bytes, await hashChunk(bytes));
  }
  await store.close();
}

describe('keeps the promises of a chunk store:', () => {
  for (const { name, run } of chunkStoreSuite) test(name, () => run(async () => new DiskStores(temporaryFolder())));
});

test('another program finds what was written, and nobody else may read it', async () => {
  const root = join(temporaryFolder(), 'columns');
  await write(new DiskStores(root), 2 * CHUNK_BYTES + 5);
  const stores = new DiskStores(root);
  expect(await stores.list()).toEqual([KEY]);
  const store = await stores.open(KEY, columnLayoutOf(2 * CHUNK_BYTES + 5));
  expect(store.have.isFull).toBe(true);
  expect(await store.read(2)).toEqual(new Uint8Array(5).fill(3));
  await store.close();
  const modes = [root, join(root, KEY), join(root, KEY, 'data'), join(root, KEY, 'journal')].map(
    (path) => statSync(path).mode & 0o777,
  );
  expect(modes).toEqual([0o700, 0o700, 0o600, 0o600]);
});

test('a file that lost its end holds the chunks before it', async () => {
  const root = temporaryFolder();
  await write(new DiskStores(root), 3 * CHUNK_BYTES);
  truncateSync(join(root, KEY, 'data'), 2 * CHUNK_BYTES - 1);
  const store = await new DiskStores(root).open(KEY, columnLayoutOf(3 * CHUNK_BYTES));
  expect(store.have.runs()).toEqual([{ first: 0, count: 1 }]);
  await store.close();
});

test('one that is open is not opened twice, until it is closed', async () => {
  const stores = new DiskStores(temporaryFolder());
  const store = await stores.open(KEY, columnLayoutOf(5));
  await expect(stores.open(KEY, columnLayoutOf(5))).rejects.toMatchObject({ code: 'store-failed' });
  await store.close();
  await (await stores.open(KEY, columnLayoutOf(5))).close();
});

test('a key is a name, never a way out of the folder', async () => {
  const root = temporaryFolder();
  const stores = new DiskStores(join(root, 'columns'));
  for (const key of ['..', '../x', 'a/b', '', '.']) {
    await expect(stores.open(key, columnLayoutOf(5))).rejects.toMatchObject({ code: 'store-failed' });
    await expect(stores.delete(key)).rejects.toMatchObject({ code: 'store-failed' });
  }
  expect(readdirSync(root)).toEqual(['columns']);
});

test('nothing is left of what was deleted', async () => {
  const root = temporaryFolder();
  const stores = new DiskStores(root);
  await write(stores, CHUNK_BYTES);
  await stores.delete(KEY);
  expect(readdirSync(root)).toEqual([]);
});
