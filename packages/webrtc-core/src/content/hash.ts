// SHA-256, twice: the platform's for file data, a synchronous one for the few bytes of tree nodes.
import { sha256 as syncSha256 } from '@noble/hashes/sha2.js';

export const HASH_BYTES = 32;

/**
 * Below this size a synchronous hash in JavaScript is quicker than the hop to the platform's crypto thread
 * and back (about 40 µs here); ten thousand small files feel the difference.
 */
const SYNC_LIMIT_BYTES = 2048;

/** SHA-256 of a chunk. */
export async function hashChunk(bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes.length <= SYNC_LIMIT_BYTES) return syncSha256(bytes);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>));
}

/** SHA-256 of something small: tree nodes, never file data. */
export function hashNode(bytes: Uint8Array): Uint8Array {
  return syncSha256(bytes);
}

/** Not constant in time: content hashes are not secrets. */
export function hashesEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
