// A bound on bytes a second that several links share: a token bucket. Knows no links, no directions and no
// timers of its own.
import type { Clock } from '../util/clock.ts';

/** What may go at once after a rest: short enough that a second's average keeps to the limit. */
const BURST_MS = 100;
const LEAST_BURST_BYTES = 32 * 1024;
/** Less would make frames of a few bytes each. */
const WORTH_SENDING_BYTES = 4 * 1024;

/** @example const upload = new RateLimit(systemClock); upload.bytesPerSecond = 2_000_000; */
export class RateLimit {
  readonly #clock: Clock;
  #bytesPerSecond: number | null = null;
  #tokens = 0;
  #filledAtMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Null: no limit. */
  get bytesPerSecond(): number | null {
    return this.#bytesPerSecond;
  }

  set bytesPerSecond(limit: number | null) {
    this.#bytesPerSecond = limit === null ? null : Math.max(1, limit);
    this.#tokens = this.#burstBytes;
    this.#filledAtMs = this.#clock.now();
  }

  /** What may go now. */
  availableBytes(): number {
    if (this.#bytesPerSecond === null) return Number.POSITIVE_INFINITY;
    this.#fill();
    return this.#tokens < WORTH_SENDING_BYTES ? 0 : Math.floor(this.#tokens);
  }

  /** It went; more than was available is owed. */
  spend(bytes: number): void {
    if (this.#bytesPerSecond === null) return;
    this.#fill();
    this.#tokens -= bytes;
  }

  /** How long until something worth sending may go; 0 when it may now. */
  waitMs(): number {
    if (this.#bytesPerSecond === null) return 0;
    this.#fill();
    if (this.#tokens >= WORTH_SENDING_BYTES) return 0;
    // Half a burst at a time: fewer timers, and frames of a good size.
    return Math.ceil(((this.#burstBytes / 2 - this.#tokens) / this.#bytesPerSecond) * 1000);
  }

  get #burstBytes(): number {
    return Math.max(LEAST_BURST_BYTES, ((this.#bytesPerSecond ?? 0) * BURST_MS) / 1000);
  }

  #fill(): void {
    const nowMs = this.#clock.now();
    const earned = ((this.#bytesPerSecond ?? 0) * (nowMs - this.#filledAtMs)) / 1000;
    this.#tokens = Math.min(this.#burstBytes, this.#tokens + earned);
    this.#filledAtMs = nowMs;
  }
}
