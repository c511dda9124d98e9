// How long one peer is waited for: until its first word, and before the next try. Counts attempts that found no path;
// knows no sessions and no clock.
import { retryDelayMs } from './backoff.ts';

/**
 * A first offer is lost when the other side is just reloading. Whoever hears nothing offers again soon, and waits
 * longer each time, for carriers that are slow.
 */
const FIRST_WORD_MS = 2500;
const LONGEST_FIRST_WORD_MS = 9000;
/** So many first offers in a row without a word: that is no reload any more. With their waits less than 20 s. */
const UNHEARD_OFFERS = 3;

export class Patience {
  #failures = 0;

  failed(): void {
    this.#failures++;
  }

  /** There was a path, or there is reason to hope for one. */
  restore(): void {
    this.#failures = 0;
  }

  /** For the next attempt. */
  get firstWordMs(): number {
    return Math.min(LONGEST_FIRST_WORD_MS, FIRST_WORD_MS * 2 ** this.#failures);
  }

  /** Before the next attempt. */
  get retryDelayMs(): number {
    return retryDelayMs(this.#failures, Math.random());
  }

  /** Whether a peer that never answered will not answer soon. */
  get isOver(): boolean {
    return this.#failures >= UNHEARD_OFFERS;
  }
}
