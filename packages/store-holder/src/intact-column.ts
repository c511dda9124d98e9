// Whether a column's bytes are still what its content id says. Knows no records and no disk.
import { type ChunkStore, hashChunk, merkleRoot } from '@ferry/webrtc-core';
import { base64url } from 'jose';
import { columnLayout, type DescribedColumn } from './column-manifest.ts';

/** Of all chunks, end to end; undefined when one is not here. */
export function chunkHashesOf(store: ChunkStore, column: DescribedColumn): Uint8Array | undefined {
  const hashes = hashesOf(store, column);
  return hashes && new Uint8Array(hashes.flatMap((hash) => [...hash]));
}

/** From the hashes that its chunks were kept with; undefined while one is not here. */
export function contentIdIn(store: ChunkStore, column: DescribedColumn): string | undefined {
  const hashes = hashesOf(store, column);
  return hashes && base64url.encode(merkleRoot(hashes));
}

/** A chunk as it was kept; undefined when its bytes are not what they were. */
export async function readIntact(store: ChunkStore, chunk: number): Promise<Uint8Array | undefined> {
  const hash = store.hashOf(chunk);
  const bytes = await store.read(chunk);
  const found = await hashChunk(bytes);
  return hash && found.every((byte, at) => byte === hash[at]) ? bytes : undefined;
}

/** Reads every byte. */
export async function isIntact(store: ChunkStore, column: DescribedColumn): Promise<boolean> {
  const hashes = hashesOf(store, column);
  if (!hashes || contentIdIn(store, column) !== column.contentId) return false;
  for (const chunk of hashes.keys()) if (!(await readIntact(store, chunk))) return false;
  return true;
}

function hashesOf(store: ChunkStore, column: DescribedColumn): Uint8Array[] | undefined {
  const { chunkCount } = columnLayout(column);
  const hashes: Uint8Array[] = [];
  for (let chunk = 0; chunk < chunkCount; chunk++) {
    const hash = store.have.has(chunk) ? store.hashOf(chunk) : undefined;
    if (!hash) return undefined;
    hashes.push(hash);
  }
  return hashes;
}
