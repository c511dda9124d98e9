// When the other side is granted more: as soon as its window has room for it, or when the bound on what comes allows it.
// Knows no channel, and not how a grant is said.
import type { Clock } from '../util/clock.ts';
import type { RateLimit } from './rate-limit.ts';
import { ReceiveWindow } from './receive-window.ts';

export interface GrantingOptions {
  clock: Clock;
  /** On chunk bytes a second that come in. */
  rate: RateLimit;
  /** Tells the other side how many chunk bytes it may send in all. */
  say: (limitBytes: number) => void;
}

/** What has come of chunks, on one link. */
export interface Intake {
  readonly bytes: number;
  /** More would come, were it not for this side's own bound. */
  readonly isHeldBack: boolean;
}

export class Granting {
  readonly #options: GrantingOptions;
  readonly #window = new ReceiveWindow();
  #cancel: (() => void) | undefined;

  constructor(options: GrantingOptions) {
    this.#options = options;
  }

  get intake(): Intake {
    return { bytes: this.#window.receivedBytes, isHeldBack: this.#cancel !== undefined };
  }

  /** The first grant. */
  open(): void {
    this.#options.say(this.#window.open());
  }

  /**
   * Counts arrived chunk bytes.
   * @throws ProtocolError `limit-exceeded` when the other side sent more than it was granted
   */
  received(chunkBytes: number): void {
    this.#window.received(chunkBytes);
    this.#options.rate.spend(chunkBytes);
    this.#grant();
  }

  stop(): void {
    this.#cancel?.();
  }

  #grant(): void {
    if (this.#cancel || !this.#window.hasGrant) return;
    const { clock, rate, say } = this.#options;
    const waitMs = rate.waitMs();
    if (waitMs === 0) return say(this.#window.grant());
    this.#cancel = clock.after(waitMs, () => {
      this.#cancel = undefined;
      this.#grant();
    });
  }
}
