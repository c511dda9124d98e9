// The port between how bytes travel and what they mean: an ordered, reliable message channel.
// Adapters: a data channel (peer/data-channel.ts), a pair in memory (testing/channel-pair.ts).
import type { FerryError } from '../errors.ts';
import type { Emitter } from '../util/emitter.ts';

export interface ChannelEvents {
  /** From now on `send` works. */
  open: undefined;
  /** One frame, as sent. */
  message: Uint8Array;
  /** `bufferedBytes` fell below the low watermark. */
  drain: undefined;
  /** Nothing comes any more; the error says why, undefined when closed on purpose. Emitted once. */
  close: FerryError | undefined;
}

export interface Channel {
  readonly events: Emitter<ChannelEvents>;
  readonly state: 'connecting' | 'open' | 'closed';
  /** Bytes handed to `send` that have not left yet. */
  readonly bufferedBytes: number;
  /**
   * Takes a frame of at most `WIRE_LIMITS.frameBytes`, which every WebRTC implementation can (RFC 8841,
   * section 6.1: 64 KiB unless said otherwise). Copies it before returning, so that the caller may reuse
   * the buffer, and never delivers anything before returning.
   * @throws ConnectionError `channel-closed`
   */
  send(frame: Uint8Array): void;
  close(): void;
}
