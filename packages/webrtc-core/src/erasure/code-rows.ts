// The code itself: which sum of data shards each shard is. A data shard is itself; parity rows are a Cauchy matrix, so
// that any k rows have an inverse. Knows no bytes of shards.
import { ErasureError } from './erasure-error.ts';
import { inverse } from './galois-field.ts';
import { MAX_INPUTS } from './kernel.ts';

export const MAX_DATA_SHARDS = MAX_INPUTS;
export const MAX_PARITY_SHARDS = 128;

/** Parity row i stands at this plus i in the field, data column c at c: no row ever meets a column. */
const FIRST_PARITY_ELEMENT = 128;

/**
 * The coefficients of shard `index` of a code with k data shards. A parity row is the beginning of the same row of any
 * larger k, and does not depend on how many rows there are: parity can be added later.
 */
export function codeRow(k: number, index: number): Uint8Array {
  checkDataShards(k);
  checkShardIndex(k, index);
  if (index < k) return Uint8Array.from({ length: k }, (_, column) => (column === index ? 1 : 0));
  const element = FIRST_PARITY_ELEMENT + index - k;
  return Uint8Array.from({ length: k }, (_, column) => inverse(element ^ column));
}

/** Rows end to end. */
export function codeRows(k: number, indexes: readonly number[]): Uint8Array {
  const rows = new Uint8Array(indexes.length * k);
  for (const [at, index] of indexes.entries()) rows.set(codeRow(k, index), at * k);
  return rows;
}

/** @throws ErasureError `code-invalid` */
export function checkDataShards(k: number): void {
  if (!Number.isInteger(k) || k < 1 || k > MAX_DATA_SHARDS) throw ErasureError.codeInvalid(`${k} data shards`);
}

/** @throws ErasureError `code-invalid` */
export function checkCode(k: number, n: number): void {
  checkDataShards(k);
  if (!Number.isInteger(n) || n < k || n > k + MAX_PARITY_SHARDS) throw ErasureError.codeInvalid(`${k} of ${n} shards`);
}

/** @throws ErasureError `index-invalid` */
export function checkShardIndex(k: number, index: number): void {
  if (Number.isInteger(index) && index >= 0 && index < k + MAX_PARITY_SHARDS) return;
  throw ErasureError.indexInvalid(`shard ${index} of at most ${k + MAX_PARITY_SHARDS}`);
}
