// A clock that moves only when told to, so that tests of timeouts take no time.
import type { Clock } from '../util/clock.ts';

export class ManualClock implements Clock {
  #nowMs = 0;
  #timers: { atMs: number; order: number; callback: () => void }[] = [];
  #order = 0;

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, callback: () => void): () => void {
    const timer = { atMs: this.#nowMs + Math.max(0, delayMs), order: this.#order++, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Timers that have not fired: a test that ends with some has leaked them. */
  get pendingCount(): number {
    return this.#timers.length;
  }

  /** Fires everything due within `ms`, in order, including what is scheduled meanwhile. */
  advance(ms: number): void {
    const endMs = this.#nowMs + ms;
    for (let timer = this.#next(); timer && timer.atMs <= endMs; timer = this.#next()) this.#fire(timer);
    this.#nowMs = endMs;
  }

  /** Jumps to the next timer and fires it; false when there is none. */
  step(): boolean {
    const timer = this.#next();
    if (timer) this.#fire(timer);
    return timer !== undefined;
  }

  #next() {
    return this.#timers.toSorted((a, b) => a.atMs - b.atMs || a.order - b.order)[0];
  }

  #fire(timer: { atMs: number; order: number; callback: () => void }): void {
    this.#timers = this.#timers.filter((other) => other !== timer);
    this.#nowMs = Math.max(this.#nowMs, timer.atMs);
    timer.callback();
  }
}
