// A channel that speaks messages: handshake, flow control and framing for one channel's life. Knows
// nothing of what a transfer is, nor of how the channel came to be.
import { FerryError, ProtocolError } from '../errors.ts';
import { Emitter } from '../util/emitter.ts';
import type { Channel } from './channel.ts';
import { decode, encode } from './codec.ts';
import { FrameReader } from './framing.ts';
import { checkHello, hello } from './handshake.ts';
import { WIRE_LIMITS } from './limits.ts';
import type { ChunkMessage, LinkMessage, Message, TransferId, TransferMessage } from './message.ts';
import { Outbox } from './outbox.ts';
import { ReceiveWindow } from './receive-window.ts';

export interface LinkEvents {
  /** Both sides said hello. */
  open: undefined;
  /** A chunk's bytes are valid until `release` is called; other messages need no release. */
  message: { message: TransferMessage; release: () => void };
  close: FerryError | undefined;
}

const AGENT = 'ferry/0.1';
/** Frames handed to the channel before waiting for it to drain; the granted window is usually smaller. */
const HIGH_WATERMARK_BYTES = 1024 * 1024;

export class Link {
  readonly events = new Emitter<LinkEvents>();
  readonly #channel: Channel;
  readonly #outbox = new Outbox(WIRE_LIMITS.frameBytes);
  readonly #reader = new FrameReader((bytes, release) => this.#receive(bytes, release));
  readonly #window = new ReceiveWindow();
  #state: 'connecting' | 'open' | 'closed' = 'connecting';
  #sentBytes = 0;
  #limitBytes = 0;

  constructor(channel: Channel) {
    this.#channel = channel;
    channel.events.on('open', () => this.#greet());
    channel.events.on('message', (frame) => this.#read(frame));
    channel.events.on('drain', () => this.#pump());
    channel.events.on('close', (error) => this.#end(error));
    if (channel.state === 'open') this.#greet();
  }

  get isOpen(): boolean {
    return this.#state === 'open';
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
    try {
      while (this.#channel.bufferedBytes < HIGH_WATERMARK_BYTES) {
        const next = this.#outbox.nextFrame(this.#limitBytes - this.#sentBytes);
        if (!next) return;
        this.#sentBytes += next.chunkBytes;
        this.#channel.send(next.frame);
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  #read(frame: Uint8Array): void {
    if (this.#state === 'closed') return;
    try {
      const limit = this.#window.received(this.#reader.read(frame));
      if (limit === 'exceeded') throw ProtocolError.limitExceeded('more chunk bytes than granted');
      if (limit !== undefined) this.#sendControl({ type: 'grant', limitBytes: limit });
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
        return;
    }
  }

  #fail(error: unknown): void {
    if (!(error instanceof FerryError)) throw error;
    this.#end(error);
  }

  #end(error: FerryError | undefined): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#outbox.dropAll();
    this.#channel.close();
    this.events.emit('close', error);
  }
}

function isLinkMessage(message: Message): message is LinkMessage {
  return message.type === 'hello' || message.type === 'grant' || message.type === 'ping' || message.type === 'pong';
}
