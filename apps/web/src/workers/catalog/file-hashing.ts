// The content id of a file, chunk by chunk: one chunk is in memory at a time. Knows no records.
import type { ContentId } from '@ferry/shared';
import { CHUNK_BYTES, hashChunk, merkleRoot } from '@ferry/webrtc-core';
import { contentIdText } from './content-id-text.ts';

const HASH_BYTES = 32;

export interface FileHash {
  contentId: ContentId;
  /** Of all chunks, end to end; for files of more than one. */
  hashes?: Uint8Array;
}

/**
 * @param rest is waited for after every chunk; whatever it rejects with ends it
 * @throws DOMException when the file changes or goes away meanwhile
 */
export async function hashFile(file: Blob, rest: () => Promise<void>): Promise<FileHash> {
  const count = Math.ceil(file.size / CHUNK_BYTES);
  const hashes = new Uint8Array(count * HASH_BYTES);
  for (let chunk = 0; chunk < count; chunk++) {
    const bytes = await file.slice(chunk * CHUNK_BYTES, (chunk + 1) * CHUNK_BYTES).arrayBuffer();
    hashes.set(await hashChunk(new Uint8Array(bytes)), chunk * HASH_BYTES);
    await rest();
  }
  const root = merkleRoot(
    Array.from({ length: count }, (_, chunk) => hashes.subarray(chunk * HASH_BYTES, (chunk + 1) * HASH_BYTES)),
  );
  return { contentId: contentIdText(root), ...(count > 1 && { hashes }) };
}
