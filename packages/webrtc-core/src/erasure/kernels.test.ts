// What every kernel must do alike: the tables are held to the definition, and SIMD to the tables.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashesEqual } from '../content/hash.ts';
import { seededRandom } from '../testing/random.ts';
import { product } from './galois-field.ts';
import { type Kernel, MAX_INPUTS, MAX_OUTPUTS } from './kernel.ts';
import { loadSimdKernel } from './load-kernel.ts';
import { TableKernel } from './table-kernel.ts';

interface Case {
  readonly rows: number;
  readonly columns: number;
  readonly length: number;
  readonly seed: number;
}

/** Shards that stand somewhere in larger buffers, as slices of messages and files do. */
function run(
  kernel: Kernel,
  { rows, columns, length, seed }: Case,
): { made: Uint8Array[]; expected: () => Uint8Array[] } {
  const random = seededRandom(seed);
  const matrix = random.bytes(rows * columns);
  const misaligned = () =>
    random
      .bytes(length + 40)
      .subarray(random.below(40))
      .subarray(0, length);
  const inputs = Array.from({ length: columns }, misaligned);
  const before = inputs.map((input) => input.slice());
  const buffers = Array.from({ length: rows }, () => new Uint8Array(length + 40).fill(0xaa));
  const offset = random.below(40);
  const made = buffers.map((buffer) => buffer.subarray(offset, offset + length));
  kernel.multiply(matrix, inputs, made);
  expect(inputs).toEqual(before);
  for (const buffer of buffers) {
    const around = [...buffer.subarray(0, offset), ...buffer.subarray(offset + length)];
    expect(around.every((byte) => byte === 0xaa)).toBe(true);
  }
  const expected = () =>
    made.map((_, row) =>
      Uint8Array.from({ length }, (_, at) =>
        inputs.reduce((sum, input, column) => sum ^ product(matrix[row * columns + column]!, input[at]!), 0),
      ),
    );
  return { made, expected };
}

const kernels: Kernel[] = [new TableKernel(), (await loadSimdKernel('simd'))!, (await loadSimdKernel('relaxed-simd'))!];

const small = fc.record({
  rows: fc.integer({ min: 1, max: 9 }),
  columns: fc.integer({ min: 1, max: 9 }),
  length: fc.nat(100),
  seed: fc.nat(),
});
const any = fc.record({
  rows: fc.integer({ min: 1, max: MAX_OUTPUTS }),
  columns: fc.integer({ min: 1, max: MAX_INPUTS }),
  length: fc.nat(9000),
  seed: fc.nat(),
});

describe.each(kernels)('$name', (kernel) => {
  test('every output is the sum of products that its row of the matrix says', () => {
    fc.assert(
      fc.property(small, (sizes) => {
        const { made, expected } = run(kernel, sizes);
        expect(made).toEqual(expected());
      }),
    );
  });

  test('every product of two bytes', () => {
    const input = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    for (let coefficient = 0; coefficient < 256; coefficient++) {
      const output = new Uint8Array(256);
      kernel.multiply(Uint8Array.of(coefficient), [input], [output]);
      expect(output).toEqual(input.map((byte) => product(coefficient, byte)));
    }
  });

  test('nothing of a call before is left in a later one', () => {
    const [full, zero] = [new Uint8Array(50_000).fill(0xff), new Uint8Array(50_000)];
    kernel.multiply(new Uint8Array(6).fill(7), [full, full], [new Uint8Array(50_000), zero.slice(), zero.slice()]);
    const output = new Uint8Array(49_999).fill(1);
    kernel.multiply(Uint8Array.of(1), [zero.subarray(1)], [output]);
    expect(output).toEqual(zero.subarray(1));
  });
});

test('all kernels make the same of shards of any number and any length', () => {
  fc.assert(
    fc.property(any, (sizes) => {
      const [first, ...others] = kernels.map((kernel) => run(kernel, sizes).made);
      for (const made of others) expect(equal(made, first!)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test.each([
  { columns: MAX_INPUTS, rows: MAX_OUTPUTS, length: 5000, seed: 1 },
  { columns: 10, rows: 6, length: 100_001, seed: 2 },
  { columns: 8, rows: 24, length: 65_536, seed: 3 },
  { columns: 1, rows: 5, length: 40_000, seed: 4 },
])('all kernels make the same of $columns shards of $length bytes', (sizes) => {
  const [first, ...others] = kernels.map((kernel) => run(kernel, sizes).made);
  for (const made of others) expect(equal(made, first!)).toBe(true);
});

/** The assertion library compares long arrays a hundred times slower. */
function equal(a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean {
  return a.length === b.length && a.every((shard, at) => hashesEqual(shard, b[at]!));
}
