// How much may be asked of sources and not have come yet. Numbers alone.

/**
 * What may be outstanding at one source: eight full chunks keep its disk, both hashes and the wire busy,
 * and bound what this side must hold in memory.
 */
export const OUTSTANDING_BYTES = 8 * 1024 * 1024;
/** At all sources together, unless that leaves each less than it needs. */
const OUTSTANDING_IN_ALL_BYTES = 2 * OUTSTANDING_BYTES;
const LEAST_OUTSTANDING_BYTES = 2 * 1024 * 1024;
/** Small files make small chunks: as many as hide the latency of reading them. */
export const OUTSTANDING_CHUNKS = 512;

/** At each of so many sources. */
export function outstandingBytes(sourceCount: number): number {
  const share = Math.max(LEAST_OUTSTANDING_BYTES, OUTSTANDING_IN_ALL_BYTES / Math.max(1, sourceCount));
  return Math.min(OUTSTANDING_BYTES, share);
}
