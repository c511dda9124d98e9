import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkCode, codeRow, codeRows, MAX_DATA_SHARDS, MAX_PARITY_SHARDS } from './code-rows.ts';
import { product } from './galois-field.ts';
import { inverseMatrix } from './inverse-matrix.ts';

const invalid = (code: string) => expect.objectContaining({ name: 'ErasureError', code });

test('a data shard is itself', () => {
  expect(codeRow(3, 0)).toEqual(Uint8Array.of(1, 0, 0));
  expect(codeRow(3, 2)).toEqual(Uint8Array.of(0, 0, 1));
});

test('each coefficient of parity is one over its row’s element plus its column’s', () => {
  for (let parity = 0; parity < MAX_PARITY_SHARDS; parity++) {
    const row = codeRow(MAX_DATA_SHARDS, MAX_DATA_SHARDS + parity);
    for (const [column, coefficient] of row.entries()) {
      expect(product(coefficient, (128 + parity) ^ column)).toBe(1);
    }
  }
});

test('a parity row is the beginning of the same row of every larger code', () => {
  for (let k = 1; k < MAX_DATA_SHARDS; k++) {
    for (const parity of [0, 1, 63, 127]) {
      expect(codeRow(k + 1, k + 1 + parity).subarray(0, k)).toEqual(codeRow(k, k + parity));
    }
  }
});

test('any k rows have an inverse', () => {
  const rows = fc.integer({ min: 1, max: 24 }).chain((k) => {
    const indexes = fc.uniqueArray(fc.nat(k + MAX_PARITY_SHARDS - 1), { minLength: k, maxLength: k });
    return fc.record({ k: fc.constant(k), indexes });
  });
  fc.assert(
    fc.property(rows, ({ k, indexes }) => {
      expect(() => inverseMatrix(codeRows(k, indexes), k)).not.toThrow();
    }),
  );
});

test('the largest code has an inverse of parity alone', () => {
  const parity = Array.from({ length: MAX_DATA_SHARDS }, (_, row) => MAX_DATA_SHARDS + row);
  expect(() => inverseMatrix(codeRows(MAX_DATA_SHARDS, parity), MAX_DATA_SHARDS)).not.toThrow();
});

test.each([
  [1, 1, true],
  [1, 129, true],
  [1, 130, false],
  [128, 256, true],
  [128, 257, false],
  [129, 130, false],
  [0, 1, false],
  [4, 3, false],
  [1.5, 3, false],
  [2, 3.5, false],
])('whether there is a code of %d of %d shards', (k, n, there) => {
  if (there) checkCode(k, n);
  else expect(() => checkCode(k, n)).toThrow(invalid('code-invalid'));
});

test.each([-1, 0.5, 4 + MAX_PARITY_SHARDS, Number.NaN])('there is no shard %d', (index) => {
  expect(() => codeRow(4, index)).toThrow(invalid('index-invalid'));
});
