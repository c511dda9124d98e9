// Which shares were online when a search began, kept in its cursor: the following pages are ranked by the same, so that
// whoever comes and goes meanwhile moves nothing from one page to another. Knows no devices.

/** Numbers of shares are small and in a row; what is beyond shares a bit with another one, always the same. */
const BITS = 2048;

export class OnlineSnapshot {
  readonly #bits: Uint8Array;

  private constructor(bits: Uint8Array) {
    this.#bits = bits;
  }

  static of(shareNos: Iterable<number>): OnlineSnapshot {
    const bits = new Uint8Array(BITS / 8);
    for (const shareNo of shareNos) bits[(shareNo % BITS) >> 3]! |= 1 << (shareNo & 7);
    return new OnlineSnapshot(bits);
  }

  /** Of any text: what is too much of it has no meaning. */
  static fromText(text: string): OnlineSnapshot {
    const bits = new Uint8Array(BITS / 8);
    bits.set(Buffer.from(text, 'base64url').subarray(0, bits.length));
    return new OnlineSnapshot(bits);
  }

  has(shareNo: number): boolean {
    return (this.#bits[(shareNo % BITS) >> 3]! & (1 << (shareNo & 7))) !== 0;
  }

  /** Without what is empty at the end. */
  toText(): string {
    const end = this.#bits.findLastIndex((byte) => byte !== 0) + 1;
    return Buffer.from(this.#bits.subarray(0, end)).toString('base64url');
  }
}
