// What the engine uses of RTCDataChannel, over one of node-datachannel's. Knows no connection.
import type { DataChannel as NativeChannel } from 'node-datachannel';

type Handler<Name extends keyof RTCDataChannel> = RTCDataChannel[Name];

export class NodeChannel {
  onopen: Handler<'onopen'> = null;
  onmessage: Handler<'onmessage'> = null;
  onbufferedamountlow: Handler<'onbufferedamountlow'> = null;
  onclose: Handler<'onclose'> = null;
  /** The only type there is here; the engine says so, too. */
  binaryType: BinaryType = 'arraybuffer';
  #readyState: RTCDataChannelState = 'connecting';
  readonly #native: NativeChannel;

  constructor(native: NativeChannel) {
    this.#native = native;
    native.onOpen(() => this.#opened());
    native.onMessage((data) => {
      // Each kind of event has a queue of its own on its way here.
      this.#opened();
      if (this.#readyState === 'open')
        this.#tell(this.onmessage, new MessageEvent('message', { data: ownBytes(data) }));
    });
    native.onBufferedAmountLow(() => this.#tell(this.onbufferedamountlow, new Event('bufferedamountlow')));
    native.onClosed(() => this.#closed());
    // Always followed by the end of the channel, which is what is acted on.
    native.onError(() => {});
  }

  get readyState(): RTCDataChannelState {
    return this.#readyState;
  }

  get bufferedAmount(): number {
    return this.#native.bufferedAmount();
  }

  set bufferedAmountLowThreshold(bytes: number) {
    this.#native.setBufferedAmountLowThreshold(bytes);
  }

  /** @throws DOMException `InvalidStateError` when it is not open */
  send(frame: Uint8Array): void {
    if (this.#readyState !== 'open') throw new DOMException('The channel is not open', 'InvalidStateError');
    // It copies; what it returns says only whether the bytes left at once.
    this.#native.sendMessageBinary(frame);
  }

  close(): void {
    if (this.#readyState === 'closing' || this.#readyState === 'closed') return;
    this.#readyState = 'closing';
    this.#native.close();
  }

  #opened(): void {
    if (this.#readyState !== 'connecting') return;
    this.#readyState = 'open';
    this.#tell(this.onopen, new Event('open'));
  }

  #closed(): void {
    if (this.#readyState === 'closed') return;
    this.#readyState = 'closed';
    this.#tell(this.onclose, new Event('close'));
  }

  #tell<Told extends Event>(handler: ((this: RTCDataChannel, event: Told) => unknown) | null, event: Told): void {
    handler?.call(this as unknown as RTCDataChannel, event);
  }
}

/** A buffer of nothing else, as browsers give: those of Node may be parts of larger ones. */
function ownBytes(data: string | Buffer | ArrayBuffer): string | ArrayBuffer {
  if (typeof data === 'string' || data instanceof ArrayBuffer) return data;
  const isWhole = data.byteLength === data.buffer.byteLength;
  return (isWhole ? data.buffer : data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength)) as ArrayBuffer;
}
