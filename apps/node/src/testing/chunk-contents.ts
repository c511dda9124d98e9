// A column whose bytes anybody can tell from a chunk's number, for programs that write it and tests that look at it.
import { createHash } from 'node:crypto';
import { BundleLayout, CHUNK_BYTES } from '@ferry/webrtc-core';

export const KEY = '00000000-0000-4000-8000-00000000000a-12-3';

export function columnLayoutOf(sizeBytes: number): BundleLayout {
  return new BundleLayout({ entries: [{ path: [KEY], sizeBytes, modifiedMs: 0, mediaType: '' }] });
}

/** Nowhere the same twice. */
export function chunkContents(chunk: number, sizeBytes = CHUNK_BYTES): Uint8Array {
  const bytes = createHash('shake256', { outputLength: sizeBytes }).update(`chunk ${chunk}`).digest();
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
