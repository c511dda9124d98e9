// When the server is asked what there is to do: when somebody says that there is something, and now and then. One look at a
// time, less and less often while the server is away. Knows nothing of what is looked for.
import type { Clock } from '@ferry/webrtc-core';

const LOOK_EVERY_MS = 60_000;
/** Between two looks, however much happens. */
const LEAST_MS = 1000;
/** After looks that failed. */
const BACKOFF_MS = [2000, 5000, 15_000, 60_000];

export interface DutyDeskOptions {
  look: () => Promise<void>;
  clock: Clock;
  /** In [0, 1): those who lost the server at once shall not come back at once. */
  random: () => number;
}

export class DutyDesk {
  readonly #options: DutyDeskOptions;
  #failures = 0;
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> | undefined;
  /** Something happened during a look: it may have missed it. */
  #isNudged = false;
  #isStopped = true;
  #cancelTimer: (() => void) | undefined;

  constructor(options: DutyDeskOptions) {
    this.#options = options;
  }

  start(): void {
    if (!this.#isStopped) return;
    this.#isStopped = false;
    this.#lookIn(0);
  }

  /** Resolves when nothing is being looked for. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelTimer?.();
    await this.#looking;
  }

  /** There is something to look for. */
  nudge(): void {
    this.#isNudged = true;
    if (this.#isStopped || this.#looking) return;
    this.#lookIn(this.#failures > 0 ? this.#backoffMs : this.#restMs);
  }

  /** The server is there, and may have been away. */
  connected(): void {
    this.#failures = 0;
    this.nudge();
  }

  get #restMs(): number {
    return Math.max(0, this.#lookedAtMs + LEAST_MS - this.#options.clock.now());
  }

  get #backoffMs(): number {
    const fullMs = BACKOFF_MS[Math.min(this.#failures, BACKOFF_MS.length) - 1]!;
    const waitMs = fullMs * (0.5 + this.#options.random() / 2);
    return Math.max(0, this.#lookedAtMs + waitMs - this.#options.clock.now());
  }

  #lookIn(delayMs: number): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#options.clock.after(delayMs, () => {
      this.#looking = this.#look();
    });
  }

  async #look(): Promise<void> {
    this.#isNudged = false;
    this.#lookedAtMs = this.#options.clock.now();
    try {
      await this.#options.look();
      this.#failures = 0;
    } catch {
      this.#failures++;
    }
    this.#looking = undefined;
    if (this.#isStopped) return;
    if (this.#failures > 0) this.#lookIn(this.#backoffMs);
    else this.#lookIn(this.#isNudged ? this.#restMs : LOOK_EVERY_MS);
  }
}
