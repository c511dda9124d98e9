// Two channel ends in memory, joined: what one sends the other gets, later and in order, or never.
import { ConnectionError, type FerryError } from '../errors.ts';
import { type Clock, systemClock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import type { Channel, ChannelEvents } from '../wire/channel.ts';

export interface ChannelPairOptions {
  clock?: Clock;
  latencyMs?: number;
  /** May change a frame on its way, or lose it with everything after it by returning undefined. */
  tamper?: (frame: Uint8Array) => Uint8Array | undefined;
}

/**
 * Both ends open after one latency.
 *
 * @example const [a, b] = channelPair({ clock: new ManualClock(), latencyMs: 20 });
 */
export function channelPair(options: ChannelPairOptions = {}): [MemoryChannel, MemoryChannel] {
  const a = new MemoryChannel(options);
  const b = new MemoryChannel(options);
  a.other = b;
  b.other = a;
  a.openSoon();
  b.openSoon();
  return [a, b];
}

export class MemoryChannel implements Channel {
  readonly events = new Emitter<ChannelEvents>();
  /** The other end. */
  other!: MemoryChannel;
  state: Channel['state'] = 'connecting';
  bufferedBytes = 0;
  /** Frames are swallowed: a path that died without anybody noticing. */
  muted = false;
  /** Nothing sent arrives before this time. */
  #clearAtMs = 0;
  readonly #clock: Clock;
  readonly #latencyMs: number;
  readonly #tamper: NonNullable<ChannelPairOptions['tamper']>;

  constructor({ clock = systemClock, latencyMs = 0, tamper = (frame) => frame }: ChannelPairOptions) {
    this.#clock = clock;
    this.#latencyMs = latencyMs;
    this.#tamper = tamper;
  }

  openSoon(): void {
    this.#clock.after(this.#latencyMs, () => {
      if (this.state !== 'connecting') return;
      this.state = 'open';
      this.events.emit('open', undefined);
    });
  }

  send(frame: Uint8Array): void {
    if (this.state !== 'open') throw ConnectionError.channelClosed();
    const copy = frame.slice();
    this.bufferedBytes += copy.length;
    const delayMs = Math.max(this.#latencyMs, this.#clearAtMs - this.#clock.now());
    this.#clock.after(delayMs, () => {
      this.bufferedBytes -= copy.length;
      if (this.bufferedBytes === 0 && this.state === 'open') this.events.emit('drain', undefined);
      this.#deliver(copy);
    });
  }

  close(): void {
    this.end(undefined);
    this.#clock.after(this.#latencyMs, () => this.other.end(undefined));
  }

  /** What is sent from now on, either way, arrives late and in order, as when a path is congested. */
  stall(ms: number): void {
    for (const end of [this, this.other]) end.#clearAtMs = Math.max(end.#clearAtMs, this.#clock.now() + ms);
  }

  /** Both ends close now, as when a connection is declared dead. */
  break(error: FerryError = ConnectionError.lost()): void {
    this.end(error);
    this.other.end(error);
  }

  end(error: FerryError | undefined): void {
    if (this.state === 'closed') return;
    this.state = 'closed';
    this.events.emit('close', error);
  }

  #deliver(frame: Uint8Array): void {
    if (this.muted || this.state === 'closed' || this.other.state === 'closed') return;
    const tampered = this.#tamper(frame);
    if (!tampered) this.muted = true;
    // A frame that overtakes the other end's own opening would be an artefact of the test.
    else if (this.other.state === 'open') this.other.events.emit('message', tampered);
  }
}
