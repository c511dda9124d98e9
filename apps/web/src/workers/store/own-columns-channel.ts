// Two ends of a channel that never leaves this program: what one sends the other gets a moment later and in order. Knows no
// messages.
import { type Channel, type ChannelEvents, ConnectionError, Emitter } from '@ferry/webrtc-core';

/** Both open in a moment. */
export function ownChannels(): [Channel, Channel] {
  const [a, b] = [new OwnChannel(), new OwnChannel()];
  a.join(b);
  b.join(a);
  return [a, b];
}

class OwnChannel implements Channel {
  readonly events = new Emitter<ChannelEvents>();
  #state: Channel['state'] = 'connecting';
  #bufferedBytes = 0;
  #other!: OwnChannel;

  get state(): Channel['state'] {
    return this.#state;
  }

  get bufferedBytes(): number {
    return this.#bufferedBytes;
  }

  join(other: OwnChannel): void {
    this.#other = other;
    queueMicrotask(() => {
      if (this.#state !== 'connecting') return;
      this.#state = 'open';
      this.events.emit('open', undefined);
    });
  }

  send(frame: Uint8Array): void {
    if (this.#state !== 'open') throw ConnectionError.channelClosed();
    const copy = frame.slice();
    this.#bufferedBytes += copy.length;
    queueMicrotask(() => {
      this.#bufferedBytes -= copy.length;
      this.#other.#receive(copy);
      if (this.#bufferedBytes === 0 && this.#state === 'open') this.events.emit('drain', undefined);
    });
  }

  close(): void {
    this.#end();
    queueMicrotask(() => this.#other.#end());
  }

  #receive(frame: Uint8Array): void {
    if (this.#state === 'open') this.events.emit('message', frame);
  }

  #end(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.events.emit('close', undefined);
  }
}
