// A channel that speaks messages: handshake, flow control, framing and liveness for one channel's life. Knows
// nothing of what a transfer is, nor of how the channel came to be.
import { ConnectionError, FerryError, ProtocolError } from '../errors.ts';
import { type Clock, systemClock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import type { Channel } from './channel.ts';
import { decode, encode } from './codec.ts';
import { FrameReader } from './framing.ts';
import { checkHello, hello } from './handshake.ts';
import { WIRE_LIMITS } from './limits.ts';
import { Liveness } from './liveness.ts';
import type { ChunkMessage, LinkMessage, Message, TransferId, TransferMessage } from './message.ts';
import { Outbox } from './outbox.ts';
import { RateLimit } from './rate-limit.ts';
import { ReceiveWindow } from './receive-window.ts';

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

const AGENT = 'ferry/0.1';
/** Frames handed to the channel before waiting for it to drain; the granted window is usually smaller. */
const HIGH_WATERMARK_BYTES = 1024 * 1024;
/** Both sides greet as soon as the channel opens; a page that hangs for longer is of no use. */
const HELLO_TIMEOUT_MS = 15_000;

export class Link {
  readonly events = new Emitter<LinkEvents>();
  readonly #channel: Channel;
  readonly #clock: Clock;
  readonly #rates: { send: RateLimit; receive: RateLimit };
  readonly #outbox = new Outbox(WIRE_LIMITS.frameBytes);
  readonly #reader = new FrameReader((bytes, release) => this.#receive(bytes, release));
  readonly #window = new ReceiveWindow();
  readonly #liveness: Liveness;
  #state: 'connecting' | 'open' | 'closed' = 'connecting';
  #sentBytes = 0;
  #limitBytes = 0;
  #cancelHelloTimer: (() => void) | undefined;
  #cancelPump: (() => void) | undefined;
  #cancelGrant: (() => void) | undefined;

  constructor(channel: Channel, { clock = systemClock, rates }: LinkOptions = {}) {
    this.#channel = channel;
    this.#clock = clock;
    this.#rates = rates ?? { send: new RateLimit(clock), receive: new RateLimit(clock) };
    this.#liveness = new Liveness({
      clock,
      ask: (id) => this.#sendControl({ type: 'ping', id }),
      onSuspect: () => this.events.emit('suspect', undefined),
      onLost: () => this.#end(ConnectionError.lost()),
    });
    channel.events.on('open', () => this.#greet());
    channel.events.on('message', (frame) => this.#read(frame));
    channel.events.on('drain', () => this.#pump());
    channel.events.on('close', (error) => this.#end(error));
    if (channel.state === 'open') this.#greet();
  }

  get isOpen(): boolean {
    return this.#state === 'open';
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
    const sent = this.#outbox.pushChunk(message.transfer, encode(message));
    this.#pump();
    return sent;
  }

  /** Forgets a transfer's chunks that have not left yet. */
  dropChunks(transfer: TransferId): void {
    this.#outbox.drop(transfer);
    this.#pump();
  }

  /** Ends the link; the error, if any, is what `close` will say. */
  close(error?: FerryError): void {
    this.#end(error);
  }

  #greet(): void {
    this.#sendControl(hello(AGENT));
    this.#sendControl({ type: 'grant', limitBytes: this.#window.open() });
    this.#cancelHelloTimer = this.#clock.after(HELLO_TIMEOUT_MS, () => this.#end(ConnectionError.timeout()));
  }

  #sendControl(message: Message): void {
    if (this.#state === 'closed') return;
    this.#outbox.pushControl(encode(message));
    this.#pump();
    // Answers to a peer that asks and asks and never reads.
    if (this.#outbox.controlBytes > WIRE_LIMITS.maxQueuedControlBytes) {
      this.#end(ProtocolError.limitExceeded('unread answers'));
    }
  }

  #pump(): void {
    if (this.#state === 'closed' || this.#channel.state !== 'open') return;
    const { send } = this.#rates;
    try {
      while (this.#channel.bufferedBytes < HIGH_WATERMARK_BYTES) {
        const next = this.#outbox.nextFrame(Math.min(this.#limitBytes - this.#sentBytes, send.availableBytes()));
        if (!next) break;
        this.#sentBytes += next.chunkBytes;
        send.spend(next.chunkBytes);
        this.#channel.send(next.frame);
      }
    } catch (error) {
      return this.#fail(error);
    }
    const waitMs = send.waitMs();
    if (waitMs > 0 && this.#outbox.hasChunks) this.#pumpLater(waitMs);
  }

  #pumpLater(delayMs: number): void {
    this.#cancelPump ??= this.#clock.after(delayMs, () => {
      this.#cancelPump = undefined;
      this.#pump();
    });
  }

  #read(frame: Uint8Array): void {
    if (this.#state === 'closed') return;
    this.#liveness.heard();
    try {
      const chunkBytes = this.#reader.read(frame);
      this.#window.received(chunkBytes);
      this.#rates.receive.spend(chunkBytes);
      this.#grant();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** More may come: at once, or when the limit on what comes allows it. */
  #grant(): void {
    if (this.#cancelGrant || !this.#window.hasGrant) return;
    const waitMs = this.#rates.receive.waitMs();
    if (waitMs === 0) return this.#sendControl({ type: 'grant', limitBytes: this.#window.grant() });
    this.#cancelGrant = this.#clock.after(waitMs, () => {
      this.#cancelGrant = undefined;
      this.#grant();
    });
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
        if (message.limitBytes < this.#limitBytes) throw ProtocolError.unexpected('a grant was taken back');
        this.#limitBytes = message.limitBytes;
        return this.#pump();
      case 'ping':
        return this.#sendControl({ type: 'pong', id: message.id });
      case 'pong':
        return this.#liveness.answered(message.id);
    }
  }

  #fail(error: unknown): void {
    if (!(error instanceof FerryError)) throw error;
    this.#end(error);
  }

  #end(error: FerryError | undefined): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#liveness.stop();
    for (const cancel of [this.#cancelHelloTimer, this.#cancelPump, this.#cancelGrant]) cancel?.();
    this.#outbox.dropAll();
    this.#channel.close();
    this.events.emit('close', error);
  }
}

function isLinkMessage(message: Message): message is LinkMessage {
  return message.type === 'hello' || message.type === 'grant' || message.type === 'ping' || message.type === 'pong';
}
