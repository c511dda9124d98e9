// What one source was asked for and has not given yet. Knows no other source, and not why it was asked.
import type { BundleLayout } from '../content/layout.ts';
import { OUTSTANDING_CHUNKS } from './outstanding.ts';

/** Below this share of free room it is not worth a message. */
const REFILL_SHARE = 1 / 8;

export class SourceQueue {
  /** In the order of asking. */
  readonly chunks = new Set<number>();
  readonly #layout: BundleLayout;
  readonly #has: ((chunk: number) => boolean) | undefined;
  #bytes = 0;

  /** @param has which chunks may be asked of it; absent: all */
  constructor(layout: BundleLayout, has?: (chunk: number) => boolean) {
    this.#layout = layout;
    this.#has = has;
  }

  get bytes(): number {
    return this.#bytes;
  }

  mayGive(chunk: number): boolean {
    return this.#has?.(chunk) ?? true;
  }

  hasRoomFor(chunk: number, allowedBytes: number): boolean {
    return this.chunks.size < OUTSTANDING_CHUNKS && this.#bytes + this.#layout.lengthOf(chunk) <= allowedBytes;
  }

  isCrowded(allowedBytes: number): boolean {
    return (
      allowedBytes - this.#bytes < allowedBytes * REFILL_SHARE ||
      OUTSTANDING_CHUNKS - this.chunks.size < OUTSTANDING_CHUNKS * REFILL_SHARE
    );
  }

  add(chunk: number): void {
    this.chunks.add(chunk);
    this.#bytes += this.#layout.lengthOf(chunk);
  }

  /** @returns whether it was outstanding */
  settle(chunk: number): boolean {
    if (!this.chunks.delete(chunk)) return false;
    this.#bytes -= this.#layout.lengthOf(chunk);
    return true;
  }
}
