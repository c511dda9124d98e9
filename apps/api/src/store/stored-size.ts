// How many bytes a file takes on its holders, and how many a column of a group takes on one of them. Plain arithmetic over
// docs/protocol/erasure.md: chunks of 1 MiB, stripes of k chunks, groups of 64 stripes.
import type { Code } from './code.ts';

export const CHUNK_BYTES = 1_048_576;
/** All stripes of a group are on the same peers: a file's parts are there or away together. */
export const STRIPES_PER_GROUP = 64;

export function groupCount(sizeBytes: number, k: number): number {
  return Math.ceil(sizeBytes / groupBytes(k));
}

/** Of the file itself: each is encrypted, and has a tag. */
export function chunksOfGroup(sizeBytes: number, k: number, group: number): number {
  return Math.ceil(Math.min(groupBytes(k), sizeBytes - group * groupBytes(k)) / CHUNK_BYTES);
}

/** Of the largest column; data columns at the end of the file may have less. */
export function columnBytes(sizeBytes: number, k: number, group: number): number {
  const ofGroup = Math.min(groupBytes(k), sizeBytes - group * groupBytes(k));
  return Math.max(0, shardBytes(ofGroup, k));
}

/** On all holders together, when each of the n columns is somewhere once. */
export function storedBytes(sizeBytes: number, { k, n }: Code): number {
  return n === 0 ? 0 : sizeBytes + (n - k) * shardBytes(sizeBytes, k);
}

/** Of one parity column. Shards of the last stripe are as long as its longest chunk. */
function shardBytes(sizeBytes: number, k: number): number {
  const wholeStripes = Math.floor(sizeBytes / (k * CHUNK_BYTES));
  return wholeStripes * CHUNK_BYTES + Math.min(CHUNK_BYTES, sizeBytes - wholeStripes * k * CHUNK_BYTES);
}

function groupBytes(k: number): number {
  return STRIPES_PER_GROUP * k * CHUNK_BYTES;
}
