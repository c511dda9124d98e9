// Decryption happens on another thread, in real time, which a manual clock overtakes by hours on a busy machine. Here that
// clock waits for it. Knows no exchange.
import type { ManualClock } from './manual-clock.ts';

/** The longest that a simulation may take, in the clock's time. */
const WITHIN_MS = 3_600_000;

export class RealDecryption {
  #underWay = 0;

  /** From now on what this thread decrypts is counted. */
  constructor() {
    const decrypt = crypto.subtle.decrypt.bind(crypto.subtle);
    crypto.subtle.decrypt = async (...what) => {
      this.#underWay++;
      try {
        return await decrypt(...what);
      } finally {
        this.#underWay--;
      }
    };
  }

  /** As {@link ManualClock.runUntil}, but that no time passes while something is decrypted. */
  async runUntil(clock: ManualClock, condition: () => boolean): Promise<void> {
    const endMs = clock.now() + WITHIN_MS;
    for (let idleRounds = 0; !condition(); ) {
      await clock.settle();
      if (condition()) return;
      if (this.#underWay > 0) await new Promise((resolve) => setTimeout(resolve, 1));
      else if (clock.step()) idleRounds = 0;
      else if (++idleRounds > 500) throw new Error('It did not happen, and nothing is due any more');
      if (clock.now() > endMs) throw new Error('It did not happen within an hour');
    }
  }
}
