// The kernel for where there is no WebAssembly SIMD: tables of products in plain JavaScript.
import { product } from './galois-field.ts';
import type { Kernel } from './kernel.ts';

/** Products of one byte with as many coefficients stand packed in one word, so one look-up serves four outputs. */
const PACKED = 4;
/** The sums of a block stay in the processor's first cache. */
const BLOCK_BYTES = 4096;

export class TableKernel implements Kernel {
  readonly name = 'tables';
  readonly #sums = new Uint32Array(BLOCK_BYTES);

  multiply(matrix: Uint8Array, inputs: readonly Uint8Array[], outputs: readonly Uint8Array[]): void {
    const lengthBytes = outputs[0]?.length ?? 0;
    for (let first = 0; first < outputs.length; first += PACKED) {
      const packed = outputs.slice(first, first + PACKED);
      const tables = inputs.map((_, column) => {
        return packedTable(packed.map((_, row) => matrix[(first + row) * inputs.length + column]!));
      });
      for (let offset = 0; offset < lengthBytes; offset += BLOCK_BYTES) {
        const sums = this.#sums.subarray(0, Math.min(BLOCK_BYTES, lengthBytes - offset));
        sums.fill(0);
        addProducts(sums, tables, inputs, offset);
        for (const [at, output] of packed.entries()) unpack(sums, at, output, offset);
      }
    }
  }
}

/** For each byte, its products with up to four coefficients. */
function packedTable(coefficients: readonly number[]): Uint32Array {
  const table = new Uint32Array(256);
  for (let bit = 1; bit < 256; bit <<= 1) {
    let word = 0;
    for (const [at, coefficient] of coefficients.entries()) word |= product(coefficient, bit) << (8 * at);
    // Multiplication distributes over addition: what has this bit on top is the sum of what is known and the word.
    for (let rest = 0; rest < bit; rest++) table[bit + rest] = table[rest]! ^ word;
  }
  return table;
}

/** Four inputs at a time, so that sums are read and written less often. */
function addProducts(
  sums: Uint32Array,
  tables: readonly Uint32Array[],
  inputs: readonly Uint8Array[],
  offset: number,
): void {
  let column = 0;
  for (; column + 3 < inputs.length; column += 4) {
    const [tableA, tableB] = [tables[column]!, tables[column + 1]!];
    const [tableC, tableD] = [tables[column + 2]!, tables[column + 3]!];
    const [inputA, inputB] = [inputs[column]!, inputs[column + 1]!];
    const [inputC, inputD] = [inputs[column + 2]!, inputs[column + 3]!];
    for (let at = 0, from = offset; at < sums.length; at++, from++) {
      sums[at]! ^= tableA[inputA[from]!]! ^ tableB[inputB[from]!]! ^ tableC[inputC[from]!]! ^ tableD[inputD[from]!]!;
    }
  }
  for (; column < inputs.length; column++) {
    const [table, input] = [tables[column]!, inputs[column]!];
    for (let at = 0; at < sums.length; at++) sums[at]! ^= table[input[offset + at]!]!;
  }
}

function unpack(sums: Uint32Array, packedAt: number, output: Uint8Array, offset: number): void {
  const shift = 8 * packedAt;
  for (let at = 0; at < sums.length; at++) output[offset + at] = sums[at]! >>> shift;
}
