// Repeatable randomness from a seed; good enough for tests, for nothing else.

export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number in [0, limit). */
  below(limit: number): number;
  chance(probability: number): boolean;
  bytes(length: number): Uint8Array;
}

/** The same seed gives the same sequence: a 32-bit generator of the "add, multiply, shift" kind. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    below: (limit) => Math.floor(next() * limit),
    chance: (probability) => next() < probability,
    bytes(length) {
      // Four at a time: tests draw many megabytes.
      const words = new Uint32Array(Math.ceil(length / 4));
      for (let index = 0; index < words.length; index++) words[index] = next() * 2 ** 32;
      return new Uint8Array(words.buffer, 0, length);
    },
  };
}
