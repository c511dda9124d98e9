// An RTCDataChannel as a Channel, on the page or in a worker it was transferred to. Knows nothing of the
// connection it belongs to, so it must be told when that has ended.
import { ConnectionError, FerryError } from '../errors.ts';
import { Emitter } from '../util/emitter.ts';
import type { Channel, ChannelEvents } from '../wire/channel.ts';

/** Told to refill well before it runs dry. */
const LOW_WATERMARK_BYTES = 256 * 1024;

export class DataChannel implements Channel {
  readonly events = new Emitter<ChannelEvents>();
  readonly #channel: RTCDataChannel;
  #closed = false;

  /** `ended` aborts, with a FerryError as its reason, when the channel's connection is gone: no `close` event comes then. */
  constructor(channel: RTCDataChannel, ended?: AbortSignal) {
    this.#channel = channel;
    channel.binaryType = 'arraybuffer';
    channel.bufferedAmountLowThreshold = LOW_WATERMARK_BYTES;
    channel.onopen = () => this.events.emit('open', undefined);
    channel.onmessage = ({ data }) => this.#receive(data);
    channel.onbufferedamountlow = () => this.events.emit('drain', undefined);
    channel.onclose = () => this.#end(ConnectionError.channelClosed());
    ended?.addEventListener('abort', () => this.#end(ended.reason instanceof FerryError ? ended.reason : undefined));
  }

  get state(): Channel['state'] {
    if (this.#closed) return 'closed';
    const { readyState } = this.#channel;
    return readyState === 'closing' ? 'closed' : readyState;
  }

  get bufferedBytes(): number {
    return this.#channel.bufferedAmount;
  }

  send(frame: Uint8Array): void {
    if (this.#closed) throw ConnectionError.channelClosed();
    try {
      // It copies: W3C WebRTC 1.0, section 6.2, "queue data".
      this.#channel.send(frame as Uint8Array<ArrayBuffer>);
    } catch (cause) {
      throw ConnectionError.channelClosed(cause);
    }
  }

  close(): void {
    this.#end(undefined);
  }

  #receive(data: unknown): void {
    if (!this.#closed && data instanceof ArrayBuffer) this.events.emit('message', new Uint8Array(data));
  }

  #end(error: FerryError | undefined): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#channel.close();
    this.events.emit('close', error);
  }
}
