// Square matrices over GF(2⁸) and their inverses, by Gauss and Jordan. Knows no codes.
import { inverse, product } from './galois-field.ts';

/** Rows end to end, as in the argument. RangeError when there is none. */
export function inverseMatrix(matrix: Uint8Array, size: number): Uint8Array {
  // The matrix and beside it the unit matrix; what makes a unit matrix of the left half makes the inverse of the right.
  const rows = Array.from({ length: size }, (_, at) => {
    const row = new Uint8Array(2 * size);
    row.set(matrix.subarray(at * size, (at + 1) * size));
    row[size + at] = 1;
    return row;
  });
  for (let column = 0; column < size; column++) {
    const pivotAt = rows.findIndex((row, at) => at >= column && row[column] !== 0);
    if (pivotAt === -1) throw new RangeError('The matrix has no inverse');
    const pivot = rows[pivotAt]!;
    rows[pivotAt] = rows[column]!;
    rows[column] = pivot;
    scale(pivot, inverse(pivot[column]!));
    for (const row of rows) if (row !== pivot) addMultiple(row, pivot, row[column]!);
  }
  const result = new Uint8Array(size * size);
  for (const [at, row] of rows.entries()) result.set(row.subarray(size), at * size);
  return result;
}

function scale(row: Uint8Array, factor: number): void {
  for (let at = 0; at < row.length; at++) row[at] = product(row[at]!, factor);
}

function addMultiple(row: Uint8Array, other: Uint8Array, factor: number): void {
  if (factor === 0) return;
  for (let at = 0; at < row.length; at++) row[at]! ^= product(other[at]!, factor);
}
