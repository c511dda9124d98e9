// A fixed number of bits, most significant first (as BitTorrent's BEP 3 has it), with a running count.
// Knows nothing of what a bit means.
import type { Run } from './run.ts';

/** What may be done with a bitfield that somebody else owns. */
export type ReadonlyBitfield = Pick<
  Bitfield,
  'length' | 'count' | 'isFull' | 'has' | 'nextSet' | 'nextClear' | 'runs' | 'toBytes'
>;

export class Bitfield {
  readonly length: number;
  readonly #bytes: Uint8Array;
  #count = 0;

  constructor(length: number) {
    this.length = length;
    this.#bytes = new Uint8Array(Math.ceil(length / 8));
  }

  /** Spare bits at the end of `bytes` are ignored; a wrong byte count is a RangeError. */
  static fromBytes(bytes: Uint8Array, length: number): Bitfield {
    const bitfield = new Bitfield(length);
    if (bytes.length !== bitfield.#bytes.length) throw new RangeError('Byte count does not fit the bitfield');
    for (let index = 0; index < length; index++) {
      if (bytes[index >> 3]! & (0x80 >> (index & 7))) bitfield.set(index);
    }
    return bitfield;
  }

  /** How many bits are set. */
  get count(): number {
    return this.#count;
  }

  get isFull(): boolean {
    return this.#count === this.length;
  }

  has(index: number): boolean {
    return index >= 0 && index < this.length && (this.#bytes[index >> 3]! & (0x80 >> (index & 7))) !== 0;
  }

  /** Returns whether the bit was clear before. */
  set(index: number): boolean {
    if (index < 0 || index >= this.length) throw new RangeError(`Bit ${index} of ${this.length}`);
    if (this.has(index)) return false;
    this.#bytes[index >> 3]! |= 0x80 >> (index & 7);
    this.#count++;
    return true;
  }

  /** Returns whether the bit was set before. */
  clear(index: number): boolean {
    if (!this.has(index)) return false;
    this.#bytes[index >> 3]! &= ~(0x80 >> (index & 7));
    this.#count--;
    return true;
  }

  /** The first set bit at or after `from`, or -1. */
  nextSet(from = 0): number {
    return this.#next(from, 0x00, true);
  }

  /** The first clear bit at or after `from`, or -1. */
  nextClear(from = 0): number {
    return this.#next(from, 0xff, false);
  }

  /** The set bits as runs. */
  runs(): Run[] {
    const runs: Run[] = [];
    let first = this.nextSet();
    while (first !== -1) {
      const end = this.nextClear(first);
      runs.push({ first, count: (end === -1 ? this.length : end) - first });
      first = end === -1 ? -1 : this.nextSet(end);
    }
    return runs;
  }

  /** A copy; spare bits are zero. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#bytes);
  }

  #next(from: number, skip: number, wanted: boolean): number {
    let index = Math.max(0, from);
    while (index < this.length) {
      // A whole byte without what is looked for is passed over at once.
      if ((index & 7) === 0 && this.#bytes[index >> 3] === skip) index += 8;
      else if (this.has(index) === wanted) return index;
      else index++;
    }
    return -1;
  }
}
