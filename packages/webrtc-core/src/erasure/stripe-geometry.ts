// How a file is cut into stripes of k chunks, and stripes into groups; and which shards each column has. Arithmetic
// alone: knows no bytes, no keys and no holders.
import { CHUNK_BYTES, chunkCount, chunkLength } from '../content/chunk.ts';
import type { Run } from '../content/run.ts';
import { checkCode } from './code-rows.ts';
import { ErasureError } from './erasure-error.ts';

/** Kept by the same holders: a file of many stripes on holders of their own would hardly ever be there as a whole. */
export const STRIPES_PER_GROUP = 64;

/** A stripe's number has 32 bits in the cipher. */
const MAX_STRIPES = 2 ** 32;

export interface StripedFile {
  readonly sizeBytes: number;
  /** Data shards of a stripe. */
  readonly k: number;
  /** Shards of a stripe; may be raised later. */
  readonly n: number;
}

/** A chunk's place: which data shard of which stripe it is. */
export interface StripePlace {
  readonly stripe: number;
  readonly column: number;
}

/**
 * A column of a group is what one holder keeps: its shards with the same index, end to end, a file of chunks. Chunks,
 * stripes, groups and shard indexes are numbered from 0 on, stripes through the whole file.
 */
export class StripeGeometry {
  readonly sizeBytes: number;
  readonly k: number;
  readonly n: number;
  readonly chunkCount: number;
  readonly stripeCount: number;
  readonly groupCount: number;

  /** @throws ErasureError `code-invalid` or `length-invalid` */
  constructor({ sizeBytes, k, n }: StripedFile) {
    checkCode(k, n);
    if (!Number.isSafeInteger(sizeBytes) || sizeBytes < 0) throw ErasureError.lengthInvalid(`a file of ${sizeBytes}`);
    this.sizeBytes = sizeBytes;
    this.k = k;
    this.n = n;
    this.chunkCount = chunkCount(sizeBytes);
    this.stripeCount = Math.ceil(this.chunkCount / k);
    this.groupCount = Math.ceil(this.stripeCount / STRIPES_PER_GROUP);
    if (this.stripeCount > MAX_STRIPES) throw ErasureError.lengthInvalid(`a file of ${this.stripeCount} stripes`);
  }

  placeOf(chunk: number): StripePlace {
    check('chunk', chunk, this.chunkCount);
    return { stripe: Math.floor(chunk / this.k), column: chunk % this.k };
  }

  /** Its data shards that there are, as chunks of the file: k, but in the last stripe perhaps fewer. */
  chunksOf(stripe: number): Run {
    check('stripe', stripe, this.stripeCount);
    const first = stripe * this.k;
    return { first, count: Math.min(this.k, this.chunkCount - first) };
  }

  stripesOf(group: number): Run {
    check('group', group, this.groupCount);
    const first = group * STRIPES_PER_GROUP;
    return { first, count: Math.min(STRIPES_PER_GROUP, this.stripeCount - first) };
  }

  groupOf(stripe: number): number {
    check('stripe', stripe, this.stripeCount);
    return Math.floor(stripe / STRIPES_PER_GROUP);
  }

  /** The length of a stripe's longest chunk: its first one. */
  codedBytes(stripe: number): number {
    return chunkLength(this.sizeBytes, this.chunksOf(stripe).first);
  }

  /** A data shard has its chunk's length, 0 where there is no such chunk; parity has the stripe's coded length. */
  shardBytes(stripe: number, index: number): number {
    check('shard', index, this.n);
    const { first, count } = this.chunksOf(stripe);
    if (index >= this.k) return this.codedBytes(stripe);
    return index < count ? chunkLength(this.sizeBytes, first + index) : 0;
  }

  /** Lengths of a column's shards, in the order of stripes. One that there is not, in the last stripe, is left out. */
  columnShards(group: number, index: number): number[] {
    const { first, count } = this.stripesOf(group);
    const lengths = Array.from({ length: count }, (_, at) => this.shardBytes(first + at, index));
    return lengths.filter((lengthBytes) => lengthBytes > 0);
  }

  columnBytes(group: number, index: number): number {
    const { first, count } = this.stripesOf(group);
    return (count - 1) * CHUNK_BYTES + this.shardBytes(first + count - 1, index);
  }
}

function check(what: string, index: number, count: number): void {
  if (!Number.isInteger(index) || index < 0 || index >= count) {
    throw ErasureError.indexInvalid(`${what} ${index} of ${count}`);
  }
}
