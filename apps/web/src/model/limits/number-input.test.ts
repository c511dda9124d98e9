import { expect, test } from 'vitest';
import { numberOf } from './number-input.ts';
import { bytesOfMegabytes, megabytesOfBytes } from './rate.ts';

test.each([
  ['', null],
  ['  ', null],
  ['1', 1],
  ['20', 20],
  ['0', undefined],
  ['21', undefined],
  ['2.5', undefined],
  ['two', undefined],
])('%j as a whole number from 1 to 20: %s', (text, value) => {
  expect(numberOf(text, { min: 1, max: 20, isWhole: true })).toBe(value);
});

test.each([
  ['0.1', 0.1],
  ['12.5', 12.5],
  ['4000', 4000],
  ['0.09', undefined],
  ['-1', undefined],
  ['Infinity', undefined],
])('%j as a number from 0.1: %s', (text, value) => expect(numberOf(text, { min: 0.1 })).toBe(value));

test.each([
  [null, null],
  [0.1, 100_000],
  [12.5, 12_500_000],
  [1 / 3, 333_333],
])('%s MB/s are %s bytes', (megabytes, bytes) => expect(bytesOfMegabytes(megabytes)).toBe(bytes));

test('a rate is shown as it was set', () => {
  expect(megabytesOfBytes(bytesOfMegabytes(12.5))).toBe(12.5);
  expect(megabytesOfBytes(null)).toBeNull();
});
