// Reads what ByteWriter wrote, from a stranger: every read is bounded and fails as `message-malformed`.
// Knows nothing of messages.
import { ProtocolError } from '../errors.ts';

export class ByteReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get remaining(): number {
    return this.#bytes.length - this.#offset;
  }

  u8(): number {
    if (this.remaining < 1) throw ProtocolError.malformed('it ends too early');
    return this.#bytes[this.#offset++]!;
  }

  /** At most `max`; the encoding must be the shortest one. */
  varint(max: number = Number.MAX_SAFE_INTEGER): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.u8();
      value += (byte & 0x7f) * scale;
      if (value > max) throw ProtocolError.malformed('a number is too large');
      if (byte < 0x80) {
        if (byte === 0 && scale > 1) throw ProtocolError.malformed('a number is not in its shortest form');
        return value;
      }
      scale *= 0x80;
      if (scale > 2 ** 56) throw ProtocolError.malformed('a number is too long');
    }
  }

  /** A view, not a copy. */
  bytes(length: number): Uint8Array {
    if (this.remaining < length) throw ProtocolError.malformed('it ends too early');
    this.#offset += length;
    return this.#bytes.subarray(this.#offset - length, this.#offset);
  }

  text(maxBytes: number): string {
    const bytes = this.bytes(this.varint(maxBytes));
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw ProtocolError.malformed('a text is not UTF-8');
    }
  }

  /** Nothing may be left over. */
  end(): void {
    if (this.remaining > 0) throw ProtocolError.malformed('bytes are left over');
  }
}
