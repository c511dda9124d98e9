// The sending half of a link: hands frames to the channel as far as the other side's grant, the rate and the channel's
// own buffer allow. Knows no message's meaning, and not what comes in.

import { ProtocolError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import type { Channel } from './channel.ts';
import type { EncodedMessage } from './codec.ts';
import { WIRE_LIMITS } from './limits.ts';
import { Outbox } from './outbox.ts';
import type { RateLimit } from './rate-limit.ts';
import type { TransferId } from './transfer-id.ts';

/** Frames handed to the channel before waiting for it to drain; the granted window is usually smaller. */
const HIGH_WATERMARK_BYTES = 1024 * 1024;

export interface FrameSenderOptions {
  channel: Channel;
  clock: Clock;
  /** On chunk bytes a second. */
  rate: RateLimit;
  /** The channel does not take any more. */
  onError: (error: unknown) => void;
}

export class FrameSender {
  readonly #options: FrameSenderOptions;
  readonly #outbox = new Outbox(WIRE_LIMITS.frameBytes);
  #sentBytes = 0;
  #limitBytes = 0;
  #cancelPump: (() => void) | undefined;
  #isStopped = false;

  constructor(options: FrameSenderOptions) {
    this.#options = options;
  }

  /** Whether a peer asks and asks and never reads. */
  get isUnread(): boolean {
    return this.#outbox.controlBytes > WIRE_LIMITS.maxQueuedControlBytes;
  }

  pushControl(message: EncodedMessage): void {
    this.#outbox.pushControl(message);
    this.pump();
  }

  /** Resolves true when the channel took the whole chunk, false when it was dropped. */
  pushChunk(transfer: TransferId, message: EncodedMessage): Promise<boolean> {
    const sent = this.#outbox.pushChunk(transfer, message);
    this.pump();
    return sent;
  }

  /** Forgets a transfer's chunks that have not left yet. */
  dropChunks(transfer: TransferId): void {
    this.#outbox.drop(transfer);
    this.pump();
  }

  /**
   * The other side takes so many chunk bytes in all.
   * @throws ProtocolError for less than before
   */
  granted(limitBytes: number): void {
    if (limitBytes < this.#limitBytes) throw ProtocolError.unexpected('a grant was taken back');
    this.#limitBytes = limitBytes;
    this.pump();
  }

  /** Sends what may be sent now. */
  pump(): void {
    const { channel, rate } = this.#options;
    if (this.#isStopped || channel.state !== 'open') return;
    try {
      while (channel.bufferedBytes < HIGH_WATERMARK_BYTES) {
        const next = this.#outbox.nextFrame(Math.min(this.#limitBytes - this.#sentBytes, rate.availableBytes()));
        if (!next) break;
        this.#sentBytes += next.chunkBytes;
        rate.spend(next.chunkBytes);
        channel.send(next.frame);
      }
    } catch (error) {
      return this.#options.onError(error);
    }
    const waitMs = rate.waitMs();
    if (waitMs > 0 && this.#outbox.hasChunks) this.#pumpLater(waitMs);
  }

  /** Drops everything that has not left. */
  stop(): void {
    this.#isStopped = true;
    this.#cancelPump?.();
    this.#outbox.dropAll();
  }

  #pumpLater(delayMs: number): void {
    this.#cancelPump ??= this.#options.clock.after(delayMs, () => {
      this.#cancelPump = undefined;
      this.pump();
    });
  }
}
