// Appends numbers, texts and bytes to a growing buffer; knows nothing of messages.

export class ByteWriter {
  #buffer = new Uint8Array(256);
  #length = 0;

  /** What was written, as a copy. */
  toBytes(): Uint8Array {
    return this.#buffer.slice(0, this.#length);
  }

  get length(): number {
    return this.#length;
  }

  u8(value: number): this {
    this.#reserve(1)[this.#length++] = value;
    return this;
  }

  /** Unsigned LEB128 of a safe integer: seven bits a byte, least significant first. */
  varint(value: number): this {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`Not a varint: ${value}`);
    let rest = value;
    while (rest >= 0x80) {
      this.u8((rest % 0x80) | 0x80);
      rest = Math.floor(rest / 0x80);
    }
    return this.u8(rest);
  }

  bytes(bytes: Uint8Array): this {
    this.#reserve(bytes.length).set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  /** UTF-8 with its length in bytes before it; lone surrogates become U+FFFD. */
  text(text: string): this {
    const bytes = new TextEncoder().encode(text);
    return this.varint(bytes.length).bytes(bytes);
  }

  #reserve(extra: number): Uint8Array {
    if (this.#length + extra > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(this.#buffer.length * 2, this.#length + extra));
      larger.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = larger;
    }
    return this.#buffer;
  }
}
