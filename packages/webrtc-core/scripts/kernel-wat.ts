// The WebAssembly kernels as text. A byte's product with a coefficient is the sum of two look-ups in tables of
// sixteen, one for each half of the byte, and a swizzle does sixteen of these at once (Plank, Greenan and Miller,
// "Screaming Fast Galois Field Arithmetic", FAST 2013). Knows no encoding and no files.
import { COEFFICIENT_BYTES, MEMORY_PAGES, ROWS_A_PASS, STEP_BYTES } from '../src/erasure/kernel-memory.ts';

/** The relaxed one takes an instruction less, because it need not say what indexes beyond the table give. */
type Swizzle = 'i8x16.swizzle' | 'i8x16.relaxed_swizzle';

const VECTOR_BYTES = 16;
const VECTORS = upTo(STEP_BYTES / VECTOR_BYTES);
const LOW_HALVES = `(v128.const i8x16${' 15'.repeat(VECTOR_BYTES)})`;

/** A module with a function for each number of rows in a pass: `multiply1`, `multiply2`… */
export function kernelWat(swizzle: Swizzle): string {
  const functions = upTo(ROWS_A_PASS).map((row) => multiply(row + 1, swizzle));
  return `(module (memory (export "memory") ${MEMORY_PAGES} ${MEMORY_PAGES})\n${functions.join('\n')})\n`;
}

/**
 * `tables` has those of the first column for all rows, then those of the second one. Inputs stand `stride` bytes
 * apart from `inputs` on, and outputs likewise. `length` is a multiple of a step, and not zero.
 */
function multiply(rowCount: number, swizzle: Swizzle): string {
  const rows = upTo(rowCount);
  const columnBytes = rowCount * COEFFICIENT_BYTES;
  return `
(func (export "multiply${rowCount}")
  (param $tables i32) (param $columns i32) (param $inputs i32) (param $outputs i32)
  (param $stride i32) (param $length i32)
  (local $at i32) (local $table i32) (local $tablesEnd i32) (local $input i32) (local $output i32)
  (local $lowTable v128) (local $highTable v128)
  ${VECTORS.map((vector) => `(local $low${vector} v128) (local $high${vector} v128)`).join(' ')}
  ${each(rows, (row, vector) => `(local $sum${row}.${vector} v128)`)}
  (local.set $tablesEnd (i32.add (local.get $tables) (i32.mul (local.get $columns) (i32.const ${columnBytes}))))
  (loop $steps
    ${each(rows, (row, vector) => `(local.set $sum${row}.${vector} (v128.const i64x2 0 0))`)}
    (local.set $table (local.get $tables))
    (local.set $input (i32.add (local.get $inputs) (local.get $at)))
    (loop $column
      ${VECTORS.map(splitBytes).join('\n')}
      ${rows.map((row) => addProducts(row, swizzle)).join('\n')}
      (local.set $input (i32.add (local.get $input) (local.get $stride)))
      (local.set $table (i32.add (local.get $table) (i32.const ${columnBytes})))
      (br_if $column (i32.lt_u (local.get $table) (local.get $tablesEnd))))
    (local.set $output (i32.add (local.get $outputs) (local.get $at)))
    ${rows.map(storeSums).join('\n')}
    (local.set $at (i32.add (local.get $at) (i32.const ${STEP_BYTES})))
    (br_if $steps (i32.lt_u (local.get $at) (local.get $length)))))`;
}

function splitBytes(vector: number): string {
  const high = `(local.get $high${vector})`;
  return `
      (local.set $high${vector} (v128.load offset=${vector * VECTOR_BYTES} (local.get $input)))
      (local.set $low${vector} (v128.and ${high} ${LOW_HALVES}))
      (local.set $high${vector} (v128.and (i16x8.shr_u ${high} (i32.const 4)) ${LOW_HALVES}))`;
}

function addProducts(row: number, swizzle: Swizzle): string {
  const sums = VECTORS.map((vector) => {
    const low = `(${swizzle} (local.get $lowTable) (local.get $low${vector}))`;
    const high = `(${swizzle} (local.get $highTable) (local.get $high${vector}))`;
    const sum = `$sum${row}.${vector}`;
    return `(local.set ${sum} (v128.xor (local.get ${sum}) (v128.xor ${low} ${high})))`;
  });
  return `
      (local.set $lowTable (v128.load offset=${row * COEFFICIENT_BYTES} (local.get $table)))
      (local.set $highTable (v128.load offset=${row * COEFFICIENT_BYTES + VECTOR_BYTES} (local.get $table)))
      ${sums.join('\n')}`;
}

function storeSums(row: number): string {
  const stores = VECTORS.map((vector) => {
    return `(v128.store offset=${vector * VECTOR_BYTES} (local.get $output) (local.get $sum${row}.${vector}))`;
  });
  return `${stores.join('\n')} (local.set $output (i32.add (local.get $output) (local.get $stride)))`;
}

function each(rows: readonly number[], text: (row: number, vector: number) => string): string {
  return rows.flatMap((row) => VECTORS.map((vector) => text(row, vector))).join(' ');
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
