// A kernel in WebAssembly SIMD: lays tables and blocks of shards into its memory, and takes the sums out again.
import { product } from './galois-field.ts';
import type { Kernel } from './kernel.ts';
import { BLOCKS_AT, blockBytes, COEFFICIENT_BYTES, ROWS_A_PASS, STEP_BYTES, TABLES_AT } from './kernel-memory.ts';

const TABLE_WORDS = COEFFICIENT_BYTES / 4;

type Multiply = (
  tables: number,
  columns: number,
  inputs: number,
  outputs: number,
  stride: number,
  length: number,
) => void;

/** What the modules export: their memory, and a function for each number of rows in a pass. */
interface KernelExports {
  readonly memory: WebAssembly.Memory;
  readonly [multiply: `multiply${number}`]: Multiply;
}

/** Rows that are summed up together. */
interface Pass {
  readonly multiply: Multiply;
  readonly tablesAt: number;
  readonly firstRow: number;
}

export class SimdKernel implements Kernel {
  readonly name: 'relaxed-simd' | 'simd';
  readonly #exports: KernelExports;
  readonly #memory: Uint8Array;
  readonly #words: Uint32Array;
  readonly #coefficientTables = coefficientTables();

  private constructor(name: SimdKernel['name'], exports: KernelExports) {
    this.name = name;
    this.#exports = exports;
    // These views stay valid, because the memory never grows.
    this.#memory = new Uint8Array(exports.memory.buffer);
    this.#words = new Uint32Array(exports.memory.buffer);
  }

  /** @throws CompileError where the page's policy forbids it */
  static async compile(name: SimdKernel['name'], module: Uint8Array<ArrayBuffer>): Promise<SimdKernel> {
    const { instance } = await WebAssembly.instantiate(module);
    return new SimdKernel(name, instance.exports as unknown as KernelExports);
  }

  multiply(matrix: Uint8Array, inputs: readonly Uint8Array[], outputs: readonly Uint8Array[]): void {
    if (inputs.length === 0) return;
    const lengthBytes = outputs[0]?.length ?? 0;
    const stride = blockBytes(inputs.length + outputs.length);
    const outputsAt = BLOCKS_AT + inputs.length * stride;
    const passes = this.#passes(matrix, inputs.length, outputs.length);
    for (let offset = 0; offset < lengthBytes; offset += stride) {
      const length = Math.min(stride, lengthBytes - offset);
      // What stands behind the end of a shard is multiplied along, and never taken out.
      const steppedLength = Math.ceil(length / STEP_BYTES) * STEP_BYTES;
      for (const [column, input] of inputs.entries()) {
        this.#memory.set(input.subarray(offset, offset + length), BLOCKS_AT + column * stride);
      }
      for (const { multiply, tablesAt, firstRow } of passes) {
        multiply(tablesAt, inputs.length, BLOCKS_AT, outputsAt + firstRow * stride, stride, steppedLength);
      }
      for (const [row, output] of outputs.entries()) {
        const at = outputsAt + row * stride;
        output.set(this.#memory.subarray(at, at + length), offset);
      }
    }
  }

  /** Splits the rows evenly, and lays the tables of each pass into the memory, column by column. */
  #passes(matrix: Uint8Array, columnCount: number, rowCount: number): Pass[] {
    const passes: Pass[] = [];
    let word = TABLES_AT / 4;
    for (let firstRow = 0; firstRow < rowCount; ) {
      const passesLeft = Math.ceil((rowCount - firstRow) / ROWS_A_PASS);
      const rows = Math.ceil((rowCount - firstRow) / passesLeft);
      passes.push({ multiply: this.#exports[`multiply${rows}`]!, tablesAt: word * 4, firstRow });
      for (let column = 0; column < columnCount; column++) {
        for (let row = firstRow; row < firstRow + rows; row++) {
          const from = matrix[row * columnCount + column]! * TABLE_WORDS;
          for (let at = 0; at < TABLE_WORDS; at++) this.#words[word++] = this.#coefficientTables[from + at]!;
        }
      }
      firstRow += rows;
    }
    return passes;
  }
}

/** For each coefficient its products with the sixteen low halves of a byte, then with the sixteen high ones. */
function coefficientTables(): Uint32Array {
  const bytes = new Uint8Array(256 * COEFFICIENT_BYTES);
  for (let coefficient = 0; coefficient < 256; coefficient++) {
    for (let half = 0; half < 16; half++) {
      bytes[coefficient * COEFFICIENT_BYTES + half] = product(coefficient, half);
      bytes[coefficient * COEFFICIENT_BYTES + 16 + half] = product(coefficient, half << 4);
    }
  }
  return new Uint32Array(bytes.buffer);
}
