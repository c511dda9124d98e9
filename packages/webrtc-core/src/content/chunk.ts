// Arithmetic of chunks within one file; knows nothing of bundles or of bytes.

/**
 * 1 MiB, fixed for ever: the same content must have the same content id everywhere. Large enough that
 * hashing and storing cost little a byte, small enough that losing one costs little time.
 */
export const CHUNK_BYTES = 1024 * 1024;

/** How many chunks a file has; an empty one has none. */
export function chunkCount(sizeBytes: number): number {
  return Math.ceil(sizeBytes / CHUNK_BYTES);
}

/** Length of one chunk: all are full but the last one, which has what is left. */
export function chunkLength(sizeBytes: number, index: number): number {
  return Math.min(CHUNK_BYTES, sizeBytes - index * CHUNK_BYTES);
}
