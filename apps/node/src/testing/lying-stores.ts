// Columns that are kept as they are, and read as something else once they are whole. What is read is of one piece, bytes and
// hashes: nothing but a column's content id tells that it is wrong.
import type { ColumnStores } from '@ferry/store-holder';
import { type BundleLayout, type ChunkStore, hashChunk } from '@ferry/webrtc-core';

export function lyingStores(stores: ColumnStores): ColumnStores {
  return {
    list: () => stores.list(),
    delete: (key) => stores.delete(key),
    open: async (key, layout) => lying(await stores.open(key, layout), layout),
  };
}

async function lying(store: ChunkStore, { chunkCount }: BundleLayout): Promise<ChunkStore> {
  // One that is still fetched, and must end up with the right content id.
  if (!store.have.isFull) return store;
  const read = async (chunk: number) => (await store.read(chunk)).map((byte) => byte ^ 1);
  const hashes: Uint8Array[] = [];
  for (let chunk = 0; chunk < chunkCount; chunk++) hashes.push(await hashChunk(await read(chunk)));
  return {
    have: store.have,
    read,
    hashOf: (chunk) => hashes[chunk],
    write: (chunk, bytes, hash) => store.write(chunk, bytes, hash),
    flush: () => store.flush(),
    close: () => store.close(),
  };
}
