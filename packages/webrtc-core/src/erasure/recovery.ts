// From which shards are present, how to make those that are wanted. Pure, and knows no bytes of shards.
import { codeRow, codeRows } from './code-rows.ts';
import { ErasureError } from './erasure-error.ts';
import { product } from './galois-field.ts';
import { inverseMatrix } from './inverse-matrix.ts';

export interface Recovery {
  /** The k of the present shards that are used. */
  readonly sources: readonly number[];
  /** For each wanted shard, in order, the coefficients of the sources; rows end to end. */
  readonly matrix: Uint8Array;
}

/**
 * Data shards are used before parity, because they cost less arithmetic.
 * @throws ErasureError `shards-too-few`
 */
export function recovery(k: number, present: Iterable<number>, wanted: readonly number[]): Recovery {
  const sources = [...new Set(present)].sort((a, b) => a - b).slice(0, k);
  if (sources.length < k) throw ErasureError.shardsTooFew(sources.length, k);
  const dataOfSources = inverseMatrix(codeRows(k, sources), k);
  const matrix = new Uint8Array(wanted.length * k);
  for (const [at, index] of wanted.entries()) {
    matrix.set(rowTimesMatrix(codeRow(k, index), dataOfSources), at * k);
  }
  return { sources, matrix };
}

function rowTimesMatrix(row: Uint8Array, matrix: Uint8Array): Uint8Array {
  const size = row.length;
  const result = new Uint8Array(size);
  for (const [at, factor] of row.entries()) {
    if (factor === 0) continue;
    for (let column = 0; column < size; column++) result[column]! ^= product(factor, matrix[at * size + column]!);
  }
  return result;
}
