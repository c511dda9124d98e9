import { describe, expect, test } from 'vitest';
import { CHUNK_BYTES } from '../content/chunk.ts';
import { hashesEqual } from '../content/hash.ts';
import type { Manifest } from '../content/manifest.ts';
import { SetRejected } from '../content/set-rejected.ts';
import { ContentError } from '../errors.ts';
import { MemoryStores } from '../stores/memory-store.ts';
import { sizedLayout, sizedManifest } from '../testing/sized-manifest.ts';
import { DecodingStores } from './decoding-store.ts';
import { StoredVersion } from './stored-version.testing-ground.ts';
import { StripeRejected } from './stripe-rejected.ts';

const ID = '00000000-0000-4000-8000-00000000000a';
const SIZE = 7 * CHUNK_BYTES + 1001;
/** Two full stripes of three, and one of a chunk and a bit. */
const version = await StoredVersion.make({ sizeBytes: SIZE, k: 3, n: 6 });
const { bundle } = version;

function setUp(files: Manifest = sizedManifest([SIZE]), stores = new MemoryStores()) {
  const decoding = new DecodingStores({ bundle, decoder: version.decoder, stores, files });
  const open = async () => {
    const store = await decoding.open(ID);
    const chunkOf = (stripe: number, index: number) => bundle.shardsOf(stripe).get(index)!;
    /** A shard as it is, or another one in its place. */
    const write = (stripe: number, index: number, bytes = version.shard(stripe, index)) =>
      store.write(chunkOf(stripe, index), bytes);
    const isHeld = (stripe: number) => [...bundle.shardsOf(stripe).values()].every((chunk) => store.have.has(chunk));
    return { store, write, isHeld, chunkOf };
  };
  return { stores, decoding, open };
}

const wrong = (bytes: Uint8Array) => bytes.map((byte) => byte ^ 1);

test('nothing is held before a stripe has enough, then all of it is, and its chunks are where they belong', async () => {
  const { stores, open } = setUp();
  const { store, write, isHeld } = await open();
  await write(0, 4);
  await write(0, 1);
  expect([store.have.count, store.keptBytes]).toEqual([0, 2 * CHUNK_BYTES]);
  await write(0, 5);
  expect([isHeld(0), isHeld(1), store.have.count, store.keptBytes]).toEqual([true, false, 6, 0]);
  const plain = await stores.open(ID, sizedLayout([SIZE]));
  for (const chunk of [0, 1, 2]) expect(hashesEqual(await plain.read(chunk), version.file.chunks[chunk]!)).toBe(true);
  // What comes late is of no use.
  await write(0, 0);
  expect(store.keptBytes).toBe(0);
});

test('the last stripe needs as many as it has chunks', async () => {
  const { store, write, isHeld } = await setUp().open();
  await write(2, 4);
  expect(isHeld(2)).toBe(false);
  await write(2, 3);
  expect([isHeld(2), store.have.count]).toEqual([true, 5]);
});

test('buffers stay their owners’ own', async () => {
  const { write, isHeld } = await setUp().open();
  for (const index of [3, 4, 5]) {
    const bytes = version.shard(0, index).slice();
    await write(0, index, bytes);
    bytes.fill(0);
  }
  expect(isHeld(0)).toBe(true);
});

test('the same shard twice counts once', async () => {
  const { write, isHeld } = await setUp().open();
  for (const index of [3, 3, 3]) await write(1, index);
  expect(isHeld(1)).toBe(false);
});

test('shards that come at the same time, more than are needed, make the stripe once', async () => {
  const { stores, open } = setUp();
  const { store, write, isHeld } = await open();
  const plain = await stores.open(ID, sizedLayout([SIZE]));
  const written: number[] = [];
  const { write: keep } = plain;
  plain.write = (chunk, ...rest) => {
    written.push(chunk);
    return keep.call(plain, chunk, ...rest);
  };
  await Promise.all([5, 4, 3, 2, 1, 0].map((index) => write(0, index)));
  expect([isHeld(0), written, store.keptBytes]).toEqual([true, [0, 1, 2], 0]);
});

test('after a reload the stripes are held whose chunks are all there, and of the others only what is missing is written', async () => {
  const { stores, open } = setUp();
  const first = await open();
  for (const index of [0, 1, 2]) await first.write(1, index);
  await first.write(0, 1);
  await first.store.close();
  const plain = await stores.open(ID, sizedLayout([SIZE]));
  await plain.write(0, version.file.chunks[0]!, new Uint8Array(32));
  const { isHeld, write } = await open();
  expect([isHeld(0), isHeld(1), isHeld(2)]).toEqual([false, true, false]);
  for (const index of [3, 4, 5]) await write(0, index);
  expect(isHeld(0)).toBe(true);
  // It was there: nobody wrote it again.
  expect(plain.hashOf(0)).toEqual(new Uint8Array(32));
});

test('files of a bundle are cut from the stream, and a stripe counts after a reload only with all that it touches', async () => {
  const sizes = [10, 3 * CHUNK_BYTES - 5, 0, SIZE - 3 * CHUNK_BYTES - 5];
  const { stores, open } = setUp(sizedManifest(sizes));
  const first = await open();
  for (const index of [0, 1, 2]) await first.write(0, index);
  expect(first.isHeld(0)).toBe(true);
  // A chunk that reaches into the next stripe was in memory alone.
  expect((await open()).isHeld(0)).toBe(false);
  const { store, write } = await open();
  for (const stripe of [2, 1, 0]) for (const index of [5, 4, 3]) await write(stripe, index);
  expect(store.have.isFull).toBe(true);
  const layout = sizedLayout(sizes);
  const plain = await stores.open(ID, layout);
  const stream = new Uint8Array(await new Blob(version.file.chunks as Uint8Array<ArrayBuffer>[]).arrayBuffer());
  for (let chunk = 0; chunk < layout.chunkCount; chunk++) {
    const { storageOffset, length } = layout.place(chunk);
    expect(hashesEqual(await plain.read(chunk), stream.subarray(storageOffset, storageOffset + length))).toBe(true);
  }
  expect((await open()).store.have.isFull).toBe(true);
});

describe('a stripe that does not have its tags', () => {
  test('is rejected with what it was made of, which is forgotten; others make it', async () => {
    const { store, write, isHeld, chunkOf } = await setUp().open();
    await write(0, 0);
    await write(0, 1, wrong(version.shard(0, 1)));
    const rejected: unknown = await write(0, 3).catch((error: unknown) => error);
    expect(rejected).toBeInstanceOf(StripeRejected);
    expect(rejected).toBeInstanceOf(SetRejected);
    const chunks = [0, 1, 3].map((index) => chunkOf(0, index));
    expect(rejected).toMatchObject({ code: 'chunk-corrupt', set: 0, stripe: 0, indexes: [0, 1, 3], chunks });
    expect([store.keptBytes, isHeld(0)]).toEqual([0, false]);
    for (const index of [0, 2, 3]) await write(0, index);
    expect(isHeld(0)).toBe(true);
  });

  test('is made of what came meanwhile, if that is enough', async () => {
    const { write, isHeld } = await setUp().open();
    const bytes = (index: number) => (index < 3 ? wrong(version.shard(0, index)) : version.shard(0, index));
    const outcomes = await Promise.allSettled([0, 1, 2, 3, 4, 5].map((index) => write(0, index, bytes(index))));
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(isHeld(0)).toBe(true);
  });
});

test('when there is no room the last shard counts as not written, and is enough once there is', async () => {
  const stores = new MemoryStores({ capacityBytes: CHUNK_BYTES });
  const { open } = setUp(undefined, stores);
  const { write, isHeld, store } = await open();
  await write(0, 0);
  await write(0, 1);
  await expect(write(0, 2)).rejects.toMatchObject({ code: 'store-full' });
  expect([isHeld(0), store.keptBytes]).toEqual([false, 2 * CHUNK_BYTES]);
  stores.capacityBytes = SIZE;
  await write(0, 2);
  expect(isHeld(0)).toBe(true);
});

test('closed, it keeps nothing in memory and takes nothing', async () => {
  const { store, write } = await setUp().open();
  await write(0, 0);
  await store.close();
  await store.close();
  expect(store.keptBytes).toBe(0);
  await expect(write(0, 1)).rejects.toMatchObject({ code: 'store-failed' });
  await expect(store.read()).rejects.toBeInstanceOf(ContentError);
});

test('files of another size than the version are refused', async () => {
  await expect(setUp(sizedManifest([SIZE - 1])).open()).rejects.toMatchObject({ code: 'manifest-invalid' });
});

test('deleted, nothing is left', async () => {
  const { decoding, open, stores } = setUp();
  const { write } = await open();
  for (const index of [0, 1, 2]) await write(0, index);
  await decoding.delete(ID);
  expect(await stores.list()).toEqual([]);
});
