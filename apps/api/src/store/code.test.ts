import { expect, test } from 'vitest';
import { isCode } from './code.ts';

test('as many columns as restore the file are a code, and fewer are none', () => {
  expect(isCode({ k: 4, n: 16 })).toBe(true);
  expect(isCode({ k: 4, n: 4 })).toBe(true);
  expect(isCode({ k: 4, n: 3 })).toBe(false);
});

test('a file that only its uploader has is of the code (1, 0)', () => {
  expect(isCode({ k: 1, n: 0 })).toBe(true);
  expect(isCode({ k: 2, n: 0 })).toBe(false);
  expect(isCode({ k: 0, n: 0 })).toBe(false);
});

test('no more columns of a kind than there are field elements for it', () => {
  expect(isCode({ k: 128, n: 256 })).toBe(true);
  expect(isCode({ k: 129, n: 200 })).toBe(false);
  expect(isCode({ k: 8, n: 137 })).toBe(false);
});

test('halves are no columns', () => {
  expect(isCode({ k: 1.5, n: 3 })).toBe(false);
  expect(isCode({ k: 1, n: 2.5 })).toBe(false);
});
