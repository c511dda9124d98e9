// Joins fragments back into whole messages, bounded: an attacker can open only so many messages of only
// so many bytes. Knows nothing of what messages say, but which of them are chunks.
import { ProtocolError } from '../errors.ts';
import { isChunkTag } from './codec.ts';
import { readFragmentHead, SLOT_COUNT } from './fragment.ts';
import { MAX_CHUNK_MESSAGE_BYTES, WIRE_LIMITS } from './limits.ts';

/** Takes whole messages. `bytes` may be reused once `release` is called, so call it exactly once. */
export type MessageSink = (bytes: Uint8Array, release: () => void) => void;

interface PartialMessage {
  buffer: Uint8Array;
  length: number;
  filled: number;
  isChunk: boolean;
}

/** Buffers kept for reuse: as many chunks as are requested at once. More only cost memory. */
const POOLED_BUFFERS = 8;

/** One per channel: fragments of a message never change channels. */
export class FrameReader {
  readonly #sink: MessageSink;
  readonly #open: (PartialMessage | undefined)[] = new Array(SLOT_COUNT).fill(undefined);
  readonly #pool: Uint8Array[] = [];

  constructor(sink: MessageSink) {
    this.#sink = sink;
  }

  /**
   * Takes one frame and hands on every message that it completes.
   * @returns how many bytes of it were chunk data, which flow control counts
   * @throws ProtocolError
   */
  read(frame: Uint8Array): number {
    if (frame.length > WIRE_LIMITS.maxFrameBytes) throw ProtocolError.limitExceeded('frame size');
    let chunkBytes = 0;
    let at = 0;
    while (at < frame.length) {
      const head = readFragmentHead(frame, at);
      const bytes = frame.subarray(head.next, head.next + head.length);
      at = head.next + head.length;
      if (head.first) {
        if (this.#open[head.slot]) throw ProtocolError.unexpected('a message began before the last one ended');
        if (this.#begin(head.slot, head.last ? head.length : head.messageLength, head.last, bytes)) {
          chunkBytes += head.length;
        }
      } else if (this.#append(head.slot, head.last, bytes)) chunkBytes += head.length;
    }
    return chunkBytes;
  }

  /** Returns whether the message is a chunk. */
  #begin(slot: number, length: number, whole: boolean, bytes: Uint8Array): boolean {
    if (bytes.length === 0 || bytes.length > length)
      throw ProtocolError.malformed('a first fragment has a wrong length');
    const isChunk = isChunkTag(bytes[0]!);
    if (length > (isChunk ? MAX_CHUNK_MESSAGE_BYTES : WIRE_LIMITS.maxControlBytes)) {
      throw ProtocolError.limitExceeded('message size');
    }
    if (whole) {
      this.#sink(bytes, () => {});
    } else {
      const buffer = isChunk ? (this.#pool.pop() ?? new Uint8Array(MAX_CHUNK_MESSAGE_BYTES)) : new Uint8Array(length);
      buffer.set(bytes);
      this.#open[slot] = { buffer, length, filled: bytes.length, isChunk };
    }
    return isChunk;
  }

  #append(slot: number, last: boolean, bytes: Uint8Array): boolean {
    const message = this.#open[slot];
    if (!message) throw ProtocolError.unexpected('a fragment of no message');
    const { buffer, isChunk } = message;
    if (bytes.length === 0 && !last) {
      this.#open[slot] = undefined;
      this.#recycle(buffer, isChunk);
      return isChunk;
    }
    const filled = message.filled + bytes.length;
    if (filled > message.length || last !== (filled === message.length)) {
      throw ProtocolError.malformed('a message is not as long as it said');
    }
    buffer.set(bytes, message.filled);
    message.filled = filled;
    if (last) {
      this.#open[slot] = undefined;
      this.#sink(buffer.subarray(0, filled), () => this.#recycle(buffer, isChunk));
    }
    return isChunk;
  }

  #recycle(buffer: Uint8Array, isChunk: boolean): void {
    if (isChunk && this.#pool.length < POOLED_BUFFERS) this.#pool.push(buffer);
  }
}
