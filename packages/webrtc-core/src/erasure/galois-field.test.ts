import { expect, test } from 'vitest';
import { inverse, product } from './galois-field.ts';

const elements = Array.from({ length: 256 }, (_, element) => element);

/** By the definition: polynomials over GF(2), multiplied and reduced bit by bit. */
function longhandProduct(a: number, b: number): number {
  let sum = 0;
  for (let bit = 0; bit < 8; bit++) if (b & (1 << bit)) sum ^= a << bit;
  for (let bit = 14; bit >= 8; bit--) if (sum & (1 << bit)) sum ^= 0x11d << (bit - 8);
  return sum;
}

test('every product is the one that the polynomial defines', () => {
  for (const a of elements) for (const b of elements) expect(product(a, b)).toBe(longhandProduct(a, b));
});

test('every element but zero has an inverse, and zero has none', () => {
  for (const a of elements.slice(1)) expect(product(a, inverse(a))).toBe(1);
  expect(() => inverse(0)).toThrow(RangeError);
});
