import fc from 'fast-check';
import { expect, test } from 'vitest';
import { product } from './galois-field.ts';
import { inverseMatrix } from './inverse-matrix.ts';

function matrixProduct(a: Uint8Array, b: Uint8Array, size: number): Uint8Array {
  return Uint8Array.from({ length: size * size }, (_, at) => {
    const [row, column] = [Math.floor(at / size), at % size];
    let sum = 0;
    for (let inner = 0; inner < size; inner++) sum ^= product(a[row * size + inner]!, b[inner * size + column]!);
    return sum;
  });
}

function unitMatrix(size: number): Uint8Array {
  return Uint8Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? 1 : 0));
}

const sized = fc
  .integer({ min: 1, max: 12 })
  .chain((size) => fc.record({ size: fc.constant(size), matrix: bytes(size * size) }));

function bytes(length: number) {
  return fc.uint8Array({ minLength: length, maxLength: length });
}

test('a matrix times its inverse is the unit matrix', () => {
  fc.assert(
    fc.property(sized, ({ size, matrix }) => {
      let inverse: Uint8Array;
      try {
        inverse = inverseMatrix(matrix, size);
      } catch {
        // One in 255 has none, as the next test holds.
        return fc.pre(false);
      }
      expect(matrixProduct(matrix, inverse, size)).toEqual(unitMatrix(size));
      expect(matrixProduct(inverse, matrix, size)).toEqual(unitMatrix(size));
    }),
  );
});

test('a zero where a pivot is looked for first does no harm', () => {
  const swapped = Uint8Array.of(0, 1, 1, 0);
  expect(inverseMatrix(swapped, 2)).toEqual(swapped);
});

test('a matrix whose rows depend on each other has none', () => {
  const doubled = (value: number) => product(2, value);
  expect(() => inverseMatrix(Uint8Array.of(3, 7, doubled(3), doubled(7)), 2)).toThrow(RangeError);
  expect(() => inverseMatrix(new Uint8Array(9), 3)).toThrow(RangeError);
});
