// How much the other side may send: a fixed window, granted by the receiver. `bufferedAmount` alone lets
// Chromium stall for two seconds at the start, so the receiver decides. Pure; knows no channel.

/**
 * Chunk bytes that may be on their way at once. Small enough not to overflow the socket buffers between
 * two browsers on one host, where every lost packet costs a retransmission; docs/performance.md has the
 * figures, and what a fixed window costs on a long path.
 */
export const WINDOW_BYTES = 128 * 1024;

/** Grants are sent each time this much can be added: often enough that the sender never waits for one. */
const GRANT_STEP_BYTES = WINDOW_BYTES / 4;

export class ReceiveWindow {
  #receivedBytes = 0;
  #grantedBytes = 0;

  /** The first grant. */
  open(): number {
    this.#grantedBytes = WINDOW_BYTES;
    return this.#grantedBytes;
  }

  /**
   * Counts arrived chunk bytes.
   * @returns the new limit to grant, or undefined when it is not worth a message; `exceeded` when the other side sent more than it was granted
   */
  received(bytes: number): number | undefined | 'exceeded' {
    this.#receivedBytes += bytes;
    if (this.#receivedBytes > this.#grantedBytes) return 'exceeded';
    const limit = this.#receivedBytes + WINDOW_BYTES;
    if (limit - this.#grantedBytes < GRANT_STEP_BYTES) return undefined;
    this.#grantedBytes = limit;
    return limit;
  }
}
