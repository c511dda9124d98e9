// Which paths a walk has come by, in 53 bits each instead of the path: a folder may have hundreds of thousands. That any
// two of 250,000 are taken for one has a chance of one in three hundred thousand, and costs one file its place in a list.
const FIRST_SEED = 0x9e3779b1;
const SECOND_SEED = 0x85ebca77;
const HIGH_BITS = 0x1f_ffff;

export class SeenPaths {
  readonly #fingerprints = new Set<number>();

  get count(): number {
    return this.#fingerprints.size;
  }

  /** Whether it is the first time. */
  add(path: string): boolean {
    const before = this.#fingerprints.size;
    return this.#fingerprints.add(fingerprint(path)).size > before;
  }

  has(path: string): boolean {
    return this.#fingerprints.has(fingerprint(path));
  }
}

/** Two 32-bit hashes, multiplicative and with the bits stirred, in the bits that a number keeps exactly. */
function fingerprint(path: string): number {
  let first = FIRST_SEED;
  let second = SECOND_SEED;
  for (let index = 0; index < path.length; index++) {
    const unit = path.charCodeAt(index);
    first = Math.imul(first ^ unit, 0x01000193);
    first ^= first >>> 15;
    second = Math.imul(second + unit, 0xc2b2ae3d);
    second ^= second >>> 13;
  }
  return (second & HIGH_BITS) * 2 ** 32 + (first >>> 0);
}
