// Looks, now and then, for what holds a place and does not move while others wait. Knows nothing of what it is that moves.
import type { Clock } from '@ferry/webrtc-core';

/** For what does not move, and for what moves once others have had their turn there. */
const IDLE_MS = 30_000;
const QUEUED_MS = 5 * 60_000;

export interface Mover {
  readonly idleMs: number;
  /** Somebody has it, and gives to others first. */
  readonly isQueued: boolean;
}

export interface IdleReviewOptions {
  clock: Clock;
  /** How many hold a place. */
  count: () => number;
  /** Has those that are idle make way, if somebody waits. */
  review: (isIdle: (mover: Mover) => boolean) => Promise<void>;
}

export class IdleReview {
  readonly #options: IdleReviewOptions;
  #callOff: (() => void) | undefined;
  #isStopped = false;

  constructor(options: IdleReviewOptions) {
    this.#options = options;
  }

  /** Some time from now, as long as there is something to look at. */
  later(): void {
    this.#callOff?.();
    this.#callOff = undefined;
    if (this.#isStopped || this.#options.count() === 0) return;
    this.#callOff = this.#options.clock.after(IDLE_MS, () => {
      const again = () => this.later();
      this.#options.review(isIdle).then(again, again);
    });
  }

  stop(): void {
    this.#isStopped = true;
    this.#callOff?.();
  }
}

function isIdle({ idleMs, isQueued }: Mover): boolean {
  return idleMs >= (isQueued ? QUEUED_MS : IDLE_MS);
}
