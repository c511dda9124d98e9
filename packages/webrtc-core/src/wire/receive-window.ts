// How much the other side may send: a fixed window, granted by the receiver. `bufferedAmount` alone lets
// Chromium stall for two seconds at the start, so the receiver decides. Pure; knows no channel.
import { ProtocolError } from '../errors.ts';

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

  /** Since the channel began. */
  get receivedBytes(): number {
    return this.#receivedBytes;
  }

  /** The first grant. */
  open(): number {
    this.#grantedBytes = WINDOW_BYTES;
    return this.#grantedBytes;
  }

  /**
   * Counts arrived chunk bytes.
   * @throws ProtocolError `limit-exceeded` when the other side sent more than it was granted
   */
  received(bytes: number): void {
    this.#receivedBytes += bytes;
    if (this.#receivedBytes > this.#grantedBytes) throw ProtocolError.limitExceeded('more chunk bytes than granted');
  }

  /** Whether a new grant is worth a message. */
  get hasGrant(): boolean {
    return this.#receivedBytes + WINDOW_BYTES - this.#grantedBytes >= GRANT_STEP_BYTES;
  }

  /** The new limit to tell the other side. */
  grant(): number {
    this.#grantedBytes = this.#receivedBytes + WINDOW_BYTES;
    return this.#grantedBytes;
  }
}
