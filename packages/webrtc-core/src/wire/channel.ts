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
  /** The largest frame the other side takes. Known once open. */
  readonly maxFrameBytes: number;
  /** Bytes handed to `send` that have not left yet. */
  readonly bufferedBytes: number;
  /**
   * Copies the frame before it returns, so that the caller may reuse its buffer.
   * @throws ConnectionError `channel-closed`
   */
  send(frame: Uint8Array): void;
  close(): void;
}
