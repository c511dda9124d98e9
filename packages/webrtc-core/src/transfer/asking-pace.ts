// When a source that gave up, or owes something and is silent, is asked again. Knows not what it is asked.
import type { Clock } from '../util/clock.ts';

/** After it gave up: soon, because it may only be a file that changed, then less and less often. */
const ASK_AGAIN_MS = [1000, 5000, 30_000, 60_000];
/** After it said nothing although it owed something. */
export const REST_MS = 30_000;

export class AskingPace {
  readonly #clock: Clock;
  /** How often it gave up since a chunk came from it. */
  #failures = 0;
  #cancelAsking: (() => void) | undefined;
  #cancelRest: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isResting(): boolean {
    return this.#cancelRest !== undefined;
  }

  /** It gave up. */
  later(ask: () => void): void {
    const delayMs = ASK_AGAIN_MS[Math.min(this.#failures++, ASK_AGAIN_MS.length - 1)]!;
    this.#cancelAsking = this.#clock.after(delayMs, ask);
  }

  /** It is silent. */
  rest(goOn: () => void): void {
    this.#cancelRest ??= this.#clock.after(REST_MS, () => {
      this.wake();
      goOn();
    });
  }

  wake(): void {
    this.#cancelRest?.();
    this.#cancelRest = undefined;
  }

  /** Whatever went wrong before is over. */
  reset(): void {
    this.#failures = 0;
  }

  /** It is asked now, or not at all. */
  cancel(): void {
    this.#cancelAsking?.();
    this.#cancelAsking = undefined;
    this.wake();
  }
}
