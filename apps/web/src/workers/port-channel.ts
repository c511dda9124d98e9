// A Channel whose data channel stayed on the page: frames cross a MessagePort. The fallback for browsers
// that cannot transfer data channels; slower, and the same to everything above.
import { type Channel, type ChannelEvents, ConnectionError, Emitter, FerryError } from '@ferry/webrtc-core';
import type { FrameToPage, FrameToWorker } from '../adapters/port-frames.ts';

export class PortChannel implements Channel {
  readonly events = new Emitter<ChannelEvents>();
  readonly #port: MessagePort;
  #state: Channel['state'] = 'connecting';
  #bufferedBytes = 0;

  constructor(port: MessagePort, ended: AbortSignal) {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<FrameToWorker>) => this.#receive(data);
    ended.addEventListener('abort', () => this.#end(ended.reason instanceof FerryError ? ended.reason : undefined));
  }

  get state(): Channel['state'] {
    return this.#state;
  }

  get bufferedBytes(): number {
    return this.#bufferedBytes;
  }

  send(frame: Uint8Array): void {
    if (this.#state !== 'open') throw ConnectionError.channelClosed();
    const copy = frame.slice() as Uint8Array<ArrayBuffer>;
    this.#bufferedBytes += copy.length;
    this.#post({ type: 'frame', frame: copy }, [copy.buffer]);
  }

  close(): void {
    this.#end(undefined);
  }

  #post(message: FrameToPage, transfer: Transferable[] = []): void {
    this.#port.postMessage(message, transfer);
  }

  #receive(message: FrameToWorker): void {
    if (this.#state === 'closed') return;
    switch (message.type) {
      case 'open':
        this.#state = 'open';
        return this.events.emit('open', undefined);
      case 'frame':
        return this.events.emit('message', new Uint8Array(message.frame));
      case 'sent':
        this.#bufferedBytes -= message.bytes;
        return this.events.emit('drain', undefined);
      case 'close':
        return this.#end(ConnectionError.channelClosed());
    }
  }

  #end(error: FerryError | undefined): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#post({ type: 'close' });
    this.events.emit('close', error);
  }
}
