import { CHUNK_BYTES, hashChunk, merkleRoot } from '@ferry/webrtc-core';
import { ManualClock, seededRandom } from '@ferry/webrtc-core/testing';
import { beforeEach, expect, test } from 'vitest';
import { contentIdText } from './content-id-text.ts';
import { Hashing } from './hashing.ts';
import type { OpenShare } from './open-share.ts';
import { CatalogGround, foundFile, SHARE_ID, shareRecord } from './testing/catalog-ground.ts';
import { MemoryFile } from './testing/memory-disk.ts';

const OTHER_ID = '5f3a8f0e-9999-4222-8333-444455556666';
const random = seededRandom(5);

let ground: CatalogGround;
let clock: ManualClock;
let hashing: Hashing;
let opened: string[];
let differing: string[];
const disk = new Map<string, MemoryFile>();
const source: OpenShare = {
  async file(path) {
    opened.push(path);
    const file = disk.get(path);
    if (!file) throw new DOMException(path, 'NotFoundError');
    return file.getFile();
  },
};

beforeEach(async () => {
  ground = await CatalogGround.open(shareRecord(), shareRecord({ shareId: OTHER_ID }));
  clock = new ManualClock();
  opened = [];
  differing = [];
  disk.clear();
  hashing = new Hashing({
    entries: ground.entries,
    changes: ground.changes,
    hashed: () => {},
    differs: (_, path) => differing.push(path),
    clock,
  });
});

async function write(path: string, sizeBytes: number, shareId = SHARE_ID): Promise<Uint8Array<ArrayBuffer>> {
  const file = new MemoryFile(path);
  const bytes = random.bytes(sizeBytes) as Uint8Array<ArrayBuffer>;
  file.content = bytes;
  file.modifiedMs = 1000;
  disk.set(path, file);
  await ground.find([foundFile(path, sizeBytes)], shareId);
  return bytes;
}
async function verifiedCount(): Promise<number> {
  return (await ground.shares.tally(SHARE_ID)).verifiedCount + (await ground.shares.tally(OTHER_ID)).verifiedCount;
}
async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  for (let round = 0; !(await condition()); round++) {
    if (round > 2000) throw new Error('It did not happen');
    await clock.settle();
    clock.step();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

test('the content id is that of the core, and hashes of chunks are kept where there are several', async () => {
  const small = await write('small', 1000);
  const big = await write('big', 2 * CHUNK_BYTES + 17);
  await write('empty', 0);
  hashing.setSources(new Map([[SHARE_ID, source]]));
  await until(async () => (await verifiedCount()) === 3);
  const idOf = async (bytes: Uint8Array) => {
    const hashes = [];
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES)
      hashes.push(await hashChunk(bytes.slice(at, at + CHUNK_BYTES)));
    return { contentId: contentIdText(merkleRoot(hashes)), hashes };
  };
  const expected = await idOf(big);
  expect((await ground.entries.get(SHARE_ID, 'big'))?.contentId).toBe(expected.contentId);
  expect(await ground.entries.hashes(expected.contentId)).toEqual(
    new Uint8Array(expected.hashes.flatMap((hash) => [...hash])),
  );
  const { contentId } = await idOf(small);
  expect((await ground.entries.get(SHARE_ID, 'small'))?.contentId).toBe(contentId);
  expect(await ground.entries.hashes(contentId)).toBeUndefined();
  // SHA-256 of nothing.
  expect((await ground.entries.get(SHARE_ID, 'empty'))?.contentId).toBe('47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU');
});

test('small files come first, whichever share they are in', async () => {
  await write('large', 17 * CHUNK_BYTES);
  await write('middle', 500_000, OTHER_ID);
  await write('small', 5000);
  await write('tiny', 5, OTHER_ID);
  hashing.setSources(
    new Map([
      [SHARE_ID, source],
      [OTHER_ID, source],
    ]),
  );
  await until(async () => (await verifiedCount()) === 4);
  expect(opened).toEqual(['small', 'tiny', 'middle', 'large']);
});

test('shares whose files cannot be opened are left alone', async () => {
  await write('a', 1);
  await write('b', 1, OTHER_ID);
  hashing.setSources(new Map([[OTHER_ID, source]]));
  await until(async () => (await verifiedCount()) === 1);
  expect(opened).toEqual(['b']);
});

test('nothing is hashed while transfers move, and it goes on where it was', async () => {
  await write('big', 3 * CHUNK_BYTES);
  let reads = 0;
  const watched: OpenShare = {
    async file(path) {
      const file = await source.file(path);
      const slice = file.slice.bind(file);
      return Object.assign(file, {
        slice(start: number, end: number) {
          if (++reads === 2) hashing.hold('transfers');
          return slice(start, end);
        },
      });
    },
  };
  hashing.setSources(new Map([[SHARE_ID, watched]]));
  await until(() => reads === 2);
  for (let round = 0; round < 50; round++) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    clock.advance(1000);
  }
  expect(reads).toBe(2);
  hashing.release('transfers');
  await until(async () => (await verifiedCount()) === 1);
  expect(reads).toBe(3);
});

test('it rests as long as it has worked', async () => {
  await write('big', 4 * CHUNK_BYTES);
  let restedMs = 0;
  const after = clock.after.bind(clock);
  clock.after = (delayMs, callback) => {
    restedMs += delayMs;
    return after(delayMs, callback);
  };
  const slow: OpenShare = {
    async file(path) {
      const file = await source.file(path);
      const slice = file.slice.bind(file);
      return Object.assign(file, {
        slice(start: number, end: number) {
          clock.advance(40);
          return slice(start, end);
        },
      });
    },
  };
  hashing.setSources(new Map([[SHARE_ID, slow]]));
  await until(async () => (await verifiedCount()) === 1);
  expect(restedMs).toBeGreaterThanOrEqual(4 * 40 - 40);
  expect(restedMs).toBeLessThanOrEqual(5 * 40);
});

test('a file that is not as it is listed is dropped, and looked at again', async () => {
  await write('edited', 10);
  await write('gone', 10);
  disk.get('edited')!.modifiedMs = 2000;
  disk.delete('gone');
  hashing.setSources(new Map([[SHARE_ID, source]]));
  await until(() => differing.length === 2);
  expect(await verifiedCount()).toBe(0);
  await until(async () => (await ground.entries.page(SHARE_ID, {})).every(({ isUnreadable }) => isUnreadable));
  // As the look finds it.
  await ground.find([foundFile('edited', 10, 2000)]);
  hashing.wake();
  await until(async () => (await verifiedCount()) === 1);
});

test('a file that cannot be read waits for the next walk, and others do not wait for it', async () => {
  await write('bad', 1);
  await write('good', 2);
  const broken: OpenShare = {
    async file(path) {
      const file = await source.file(path);
      if (path !== 'bad') return file;
      const slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) });
      return Object.assign(file, { slice });
    },
  };
  hashing.setSources(new Map([[SHARE_ID, broken]]));
  await until(async () => (await verifiedCount()) === 1);
  expect(differing).toEqual([]);
  expect(opened.filter((path) => path === 'bad').length).toBeLessThanOrEqual(2);
});
