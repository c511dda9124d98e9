// How many bytes each column of a group has, exactly: chunks of 1 MiB, stripes of k chunks, groups of 64 stripes, as
// docs/protocol/erasure.md has them. Knows no bytes and no places.
import { CHUNK_BYTES, STRIPES_PER_GROUP } from './stored-size.ts';

export interface Striped {
  readonly sizeBytes: number;
  readonly k: number;
}

/** Chunks in the last stripe of a group: fewer than k at the end of the file alone. */
export function lastStripeChunks({ sizeBytes, k }: Striped, group: number): number {
  return Math.min(k, chunkCount(sizeBytes) - lastStripe({ sizeBytes, k }, group) * k);
}

export function stripeCount({ sizeBytes, k }: Striped, group: number): number {
  const all = Math.ceil(chunkCount(sizeBytes) / k);
  return Math.max(0, Math.min(STRIPES_PER_GROUP, all - group * STRIPES_PER_GROUP));
}

/** 0 for a data column that there is not: those of a group whose only stripe has fewer chunks than k. */
export function columnSizeBytes(striped: Striped, group: number, index: number): number {
  const stripe = lastStripe(striped, group);
  const chunks = lastStripeChunks(striped, group);
  const wholeBytes = (stripeCount(striped, group) - 1) * CHUNK_BYTES;
  // Parity is as long as the longest chunk of its stripe, the first one.
  if (index >= striped.k) return wholeBytes + chunkBytes(striped, stripe * striped.k);
  return wholeBytes + (index < chunks ? chunkBytes(striped, stripe * striped.k + index) : 0);
}

function lastStripe(striped: Striped, group: number): number {
  return group * STRIPES_PER_GROUP + stripeCount(striped, group) - 1;
}

function chunkBytes({ sizeBytes }: Striped, chunk: number): number {
  return Math.min(CHUNK_BYTES, sizeBytes - chunk * CHUNK_BYTES);
}

function chunkCount(sizeBytes: number): number {
  return Math.ceil(sizeBytes / CHUNK_BYTES);
}
