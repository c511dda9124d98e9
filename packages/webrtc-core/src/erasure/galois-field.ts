// Arithmetic of GF(2⁸), the field that every byte of a shard is an element of. Knows no codes.

/** x⁸ + x⁴ + x³ + x² + 1, of which 2 generates every element but zero; most Reed–Solomon codes on disks use it. */
const POLYNOMIAL = 0x11d;

/** Elements but zero: the order of the generator. */
const ORDER = 255;

/** Powers of 2, twice over, so that a sum of two logarithms needs no remainder. */
const POWERS = new Uint8Array(2 * ORDER);
const LOGARITHMS = new Uint8Array(ORDER + 1);

for (let exponent = 0, power = 1; exponent < ORDER; exponent++) {
  POWERS[exponent] = power;
  POWERS[exponent + ORDER] = power;
  LOGARITHMS[power] = exponent;
  power <<= 1;
  if (power > 0xff) power ^= POLYNOMIAL;
}

export function product(a: number, b: number): number {
  if (a === 0 || b === 0) return 0;
  return POWERS[LOGARITHMS[a]! + LOGARITHMS[b]!]!;
}

/** RangeError for zero, which has none. */
export function inverse(a: number): number {
  if (a === 0) throw new RangeError('Zero has no inverse');
  return POWERS[ORDER - LOGARITHMS[a]!]!;
}
