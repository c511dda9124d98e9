// What is to be done later, all of which can be called off at once. Knows nothing of what it is.
import type { Clock } from '@ferry/webrtc-core';

export class Agenda {
  readonly #clock: Clock;
  readonly #pending = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The returned function calls it off. */
  after(delayMs: number, action: () => void): () => void {
    const cancel = this.#clock.after(delayMs, () => {
      this.#pending.delete(cancel);
      action();
    });
    this.#pending.add(cancel);
    return () => {
      this.#pending.delete(cancel);
      cancel();
    };
  }

  clear(): void {
    for (const cancel of this.#pending) cancel();
    this.#pending.clear();
  }
}
