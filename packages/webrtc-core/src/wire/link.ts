// A channel that speaks messages: handshake, flow control, framing and liveness for one channel's life. Knows
// nothing of what a transfer is, nor of how the channel came to be.
import { ConnectionError, FerryError, ProtocolError } from '../errors.ts';
import { type Clock, systemClock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import type { Channel } from './channel.ts';
import { decode, encode } from './codec.ts';
import { FrameSender } from './frame-sender.ts';
import { FrameReader } from './framing.ts';
import { Granting, type Intake } from './granting.ts';
import { checkHello, HELLO_TIMEOUT_MS, hello } from './handshake.ts';
import { isLinkMessage, type LinkMessage } from './link-message.ts';
import { Liveness } from './liveness.ts';
import type { Message, TransferMessage } from './message.ts';
import type { ChunkMessage } from './pull-message.ts';
import { RateLimit } from './rate-limit.ts';
import type { TransferId } from './transfer-id.ts';

export interface LinkEvents {
  /** Both sides said hello. */
  open: undefined;
  /** A chunk's bytes are valid until `release` is called; other messages need no release. */
  message: { message: TransferMessage; release: () => void };
  /** The other side is silent while it is watched: another path should be looked for. */
  suspect: undefined;
  close: FerryError | undefined;
}

export interface LinkOptions {
  clock?: Clock;
  /** Bounds on chunk bytes a second, shared by all links that are given the same ones. */
  rates?: { send: RateLimit; receive: RateLimit };
}

export class Link {
  readonly events = new Emitter<LinkEvents>();
  readonly #channel: Channel;
  readonly #clock: Clock;
  readonly #sender: FrameSender;
  readonly #reader = new FrameReader((bytes, release) => this.#receive(bytes, release));
  readonly #granting: Granting;
  readonly #liveness: Liveness;
  #state: 'connecting' | 'open' | 'closed' = 'connecting';
  #hasGreeted = false;
  #cancelHelloTimer: (() => void) | undefined;

  constructor(channel: Channel, { clock = systemClock, rates }: LinkOptions = {}) {
    const { send, receive } = rates ?? { send: new RateLimit(clock), receive: new RateLimit(clock) };
    this.#channel = channel;
    this.#clock = clock;
    this.#sender = new FrameSender({ channel, clock, rate: send, onError: (error) => this.#fail(error) });
    const grant = (limitBytes: number) => this.#sendControl({ type: 'grant', limitBytes });
    this.#granting = new Granting({ clock, rate: receive, say: grant });
    this.#liveness = new Liveness({
      clock,
      ask: (id) => this.#sendControl({ type: 'ping', id }),
      onSuspect: () => this.events.emit('suspect', undefined),
      onLost: () => this.close(ConnectionError.lost()),
    });
    channel.events.on('open', () => this.#greet());
    channel.events.on('message', (frame) => this.#read(frame));
    channel.events.on('drain', () => this.#sender.pump());
    channel.events.on('close', (error) => this.close(error));
    if (channel.state === 'open') this.#greet();
  }

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  get intake(): Intake {
    return this.#granting.intake;
  }

  /** Notices within seconds when the other side is gone; costs a question now and then while it is silent. */
  set isWatched(isWatched: boolean) {
    if (isWatched && this.#state === 'open') this.#liveness.watch();
    else this.#liveness.stop();
  }

  /** Queues a message; nothing happens on a link that is not open, whose transfers learn of it by `close`. */
  send(message: Exclude<TransferMessage, ChunkMessage>): void {
    if (this.#state === 'open') this.#sendControl(message);
  }

  /** Resolves true when the channel took the whole chunk, false when it was dropped. */
  sendChunk(message: ChunkMessage): Promise<boolean> {
    if (this.#state !== 'open') return Promise.resolve(false);
    return this.#sender.pushChunk(message.transfer, encode(message));
  }

  /** Forgets a transfer's chunks that have not left yet. */
  dropChunks(transfer: TransferId): void {
    this.#sender.dropChunks(transfer);
  }

  /** Ends the link; the error, if any, is what `close` will say. */
  close(error?: FerryError): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#liveness.stop();
    this.#cancelHelloTimer?.();
    this.#granting.stop();
    this.#sender.stop();
    this.#channel.close();
    this.events.emit('close', error);
  }

  #greet(): void {
    if (this.#hasGreeted || this.#state === 'closed') return;
    this.#hasGreeted = true;
    this.#sendControl(hello());
    this.#granting.open();
    this.#cancelHelloTimer = this.#clock.after(HELLO_TIMEOUT_MS, () => this.close(ConnectionError.timeout()));
  }

  #sendControl(message: Message): void {
    if (this.#state === 'closed') return;
    this.#sender.pushControl(encode(message));
    if (this.#sender.isUnread) this.close(ProtocolError.limitExceeded('unread answers'));
  }

  #read(frame: Uint8Array): void {
    if (this.#state === 'closed') return;
    // A busy program may hear of the other side's hello before it hears that its channel is open: what answers it must
    // come after this side's own.
    this.#greet();
    this.#liveness.heard();
    try {
      this.#granting.received(this.#reader.read(frame));
    } catch (error) {
      this.#fail(error);
    }
  }

  #receive(bytes: Uint8Array, release: () => void): void {
    // An earlier message of the same frame may have ended the link.
    if (this.#state === 'closed') return release();
    const message = decode(bytes);
    if (this.#state === 'connecting') {
      checkHello(message);
      this.#cancelHelloTimer?.();
      this.#state = 'open';
      this.events.emit('open', undefined);
      return release();
    }
    if (isLinkMessage(message)) {
      this.#receiveOwn(message);
      return release();
    }
    if (message.type !== 'chunk') release();
    this.events.emit('message', { message, release });
  }

  #receiveOwn(message: LinkMessage): void {
    switch (message.type) {
      case 'hello':
        throw ProtocolError.unexpected('a second hello');
      case 'grant':
        return this.#sender.granted(message.limitBytes);
      case 'ping':
        return this.#sendControl({ type: 'pong', id: message.id });
      case 'pong':
        return this.#liveness.answered(message.id);
    }
  }

  #fail(error: unknown): void {
    if (!(error instanceof FerryError)) throw error;
    this.close(error);
  }
}
