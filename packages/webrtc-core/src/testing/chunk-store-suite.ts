// What every chunk store must keep of the port's promises, as named cases that any test runner can run.
// Knows the port only, no storage and no runner.
import { CHUNK_BYTES } from '../content/chunk.ts';
import { hashChunk, hashesEqual } from '../content/hash.ts';
import type { ChunkStore, ChunkStoreProvider } from '../content/store.ts';
import { ContentError } from '../errors.ts';
import { seededRandom } from './random.ts';
import { sizedLayout } from './sized-manifest.ts';

export interface ChunkStoreCase {
  name: string;
  /** Rejects when the promise is broken; `makeStores` must give a provider that holds nothing. */
  run(makeStores: () => Promise<ChunkStoreProvider>): Promise<void>;
}

/** Two chunks, of which the second is short; an empty entry; one short chunk. */
const SIZES = [CHUNK_BYTES + 7, 0, 5];
const CHUNKS = contentsOf(SIZES, 1);

/** @example for (const { name, run } of chunkStoreSuite) test(name, () => run(async () => new MyStores())); */
export const chunkStoreSuite: readonly ChunkStoreCase[] = [
  {
    name: 'a new store holds nothing',
    async run(makeStores) {
      const store = await (await makeStores()).open(ID_A, sizedLayout(SIZES));
      equal(store.have.length, CHUNKS.length, 'length of the bitfield');
      equal(store.have.count, 0, 'chunks held');
      equal(store.hashOf(0), undefined, 'hash of a chunk that is not held');
      await failsToRead(store, 0);
      await store.close();
    },
  },
  {
    name: 'chunks written in any order are read back at their own length',
    async run(makeStores) {
      const store = await (await makeStores()).open(ID_A, sizedLayout(SIZES));
      for (const chunk of [2, 0, 1]) await write(store, chunk);
      equal(store.have.isFull, true, 'all is held');
      for (const chunk of [1, 2, 0]) await holds(store, chunk);
      await store.close();
    },
  },
  {
    name: 'only what was written is held',
    async run(makeStores) {
      const store = await (await makeStores()).open(ID_A, sizedLayout(SIZES));
      await write(store, 1);
      equal(store.have.toBytes()[0], 0b0100_0000, 'bitfield');
      await failsToRead(store, 0);
      await failsToRead(store, 2);
      await store.close();
    },
  },
  {
    name: 'buffers stay their owners’ own',
    async run(makeStores) {
      const store = await (await makeStores()).open(ID_A, sizedLayout(SIZES));
      const bytes = CHUNKS[2]!.slice();
      await store.write(2, bytes, await hashChunk(bytes));
      bytes.fill(0);
      (await store.read(2)).fill(0);
      await holds(store, 2);
      await store.close();
    },
  },
  {
    name: 'a chunk written again is held once, with its last bytes',
    async run(makeStores) {
      const store = await (await makeStores()).open(ID_A, sizedLayout(SIZES));
      await write(store, 2, new Uint8Array(5));
      await write(store, 2);
      equal(store.have.count, 1, 'chunks held');
      await holds(store, 2);
      await store.close();
    },
  },
  {
    name: 'after closing and reopening, what was held is held and nothing else',
    async run(makeStores) {
      const stores = await makeStores();
      const store = await stores.open(ID_A, sizedLayout(SIZES));
      for (const chunk of [2, 0]) await write(store, chunk);
      await store.close();
      const again = await stores.open(ID_A, sizedLayout(SIZES));
      equal(again.have.toBytes()[0], 0b1010_0000, 'bitfield');
      for (const chunk of [0, 2]) await holds(again, chunk);
      equal(again.hashOf(1), undefined, 'hash of a chunk that is not held');
      await failsToRead(again, 1);
      // It goes on where it was.
      await write(again, 1);
      await again.close();
      const whole = await stores.open(ID_A, sizedLayout(SIZES));
      for (const chunk of [0, 1, 2]) await holds(whole, chunk);
      await whole.close();
    },
  },
  {
    name: 'flushing changes nothing that can be seen, however often',
    async run(makeStores) {
      const store = await (await makeStores()).open(ID_A, sizedLayout(SIZES));
      await store.flush();
      await write(store, 0);
      await store.flush();
      await store.flush();
      await write(store, 2);
      await store.flush();
      equal(store.have.count, 2, 'chunks held');
      await holds(store, 0);
      await holds(store, 2);
      await store.close();
    },
  },
  {
    name: 'deleting leaves nothing',
    async run(makeStores) {
      const stores = await makeStores();
      const store = await stores.open(ID_A, sizedLayout(SIZES));
      await write(store, 0);
      await store.close();
      await stores.delete(ID_A);
      const again = await stores.open(ID_A, sizedLayout(SIZES));
      equal(again.have.count, 0, 'chunks held');
      await failsToRead(again, 0);
      await again.close();
    },
  },
  {
    name: 'deleting what does not exist is no error',
    async run(makeStores) {
      const stores = await makeStores();
      await stores.delete(ID_A);
      await stores.delete(ID_A);
    },
  },
  {
    name: 'two bundles are kept apart',
    async run(makeStores) {
      const stores = await makeStores();
      const a = await stores.open(ID_A, sizedLayout(SIZES));
      const b = await stores.open(ID_B, sizedLayout(SIZES));
      await write(a, 2);
      equal(b.have.count, 0, 'chunks held by the other');
      await write(b, 2, new Uint8Array(5));
      await holds(a, 2);
      await a.close();
      await stores.delete(ID_A);
      await holds(b, 2, new Uint8Array(5));
      await b.close();
    },
  },
  {
    name: 'a bundle of empty files has no chunks and is whole',
    async run(makeStores) {
      const stores = await makeStores();
      for (let round = 0; round < 2; round++) {
        const store = await stores.open(ID_A, sizedLayout([0, 0]));
        equal(store.have.length, 0, 'length of the bitfield');
        equal(store.have.isFull, true, 'all is held');
        await store.flush();
        await store.close();
      }
      await stores.delete(ID_A);
    },
  },
  {
    name: 'more chunks than a byte has bits are told apart',
    async run(makeStores) {
      const stores = await makeStores();
      const sizes = Array.from({ length: 37 }, (_, entry) => entry + 1);
      const contents = contentsOf(sizes, 2);
      const store = await stores.open(ID_A, sizedLayout(sizes));
      for (let chunk = 0; chunk < sizes.length; chunk += 3) await write(store, chunk, contents[chunk]);
      await store.close();
      const again = await stores.open(ID_A, sizedLayout(sizes));
      for (let chunk = 0; chunk < sizes.length; chunk++) {
        equal(again.have.has(chunk), chunk % 3 === 0, `chunk ${chunk} is held`);
        if (chunk % 3 === 0) await holds(again, chunk, contents[chunk]);
      }
      await again.close();
    },
  },
];

const ID_A = '00000000-0000-4000-8000-00000000000a';
const ID_B = '00000000-0000-4000-8000-00000000000b';

/** Random bytes for each chunk of entries of these sizes. */
function contentsOf(sizes: readonly number[], seed: number): Uint8Array[] {
  const random = seededRandom(seed);
  const layout = sizedLayout(sizes);
  return Array.from({ length: layout.chunkCount }, (_, chunk) => random.bytes(layout.lengthOf(chunk)));
}

async function write(store: ChunkStore, chunk: number, bytes = CHUNKS[chunk]!): Promise<void> {
  await store.write(chunk, bytes, await hashChunk(bytes));
}

async function holds(store: ChunkStore, chunk: number, bytes = CHUNKS[chunk]!): Promise<void> {
  equal(store.have.has(chunk), true, `chunk ${chunk} is held`);
  equal(hashesEqual(await store.read(chunk), bytes), true, `chunk ${chunk} has its bytes`);
  const hash = store.hashOf(chunk);
  equal(hash !== undefined && hashesEqual(hash, await hashChunk(bytes)), true, `chunk ${chunk} has its hash`);
}

async function failsToRead(store: ChunkStore, chunk: number): Promise<void> {
  const error = await store.read(chunk).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  equal(error instanceof ContentError && error.code, 'store-failed', `reading chunk ${chunk}`);
}

function equal<Value>(actual: Value, expected: Value, what: string): void {
  if (actual !== expected) throw new Error(`${what}: ${String(actual)} instead of ${String(expected)}`);
}
