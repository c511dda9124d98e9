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

  /** Lets promises settle, without time passing. */
  settle(): Promise<void> {
    return new Promise((resolve) => {
      // After everything that promises have set in motion; a timeout would cost a millisecond each time.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(undefined);
    });
  }

  /**
   * Lets time pass, timer by timer, until `condition` holds; promises settle in between.
   *
   * @param options.orIdle end, too, when nothing is due any more
   * @throws Error when nothing is due any more, or after `withinMs` of this clock's time
   * @example await clock.runUntil(() => receiver.state.status === 'done');
   */
  async runUntil(condition: () => boolean, { withinMs = 3_600_000, orIdle = false } = {}): Promise<void> {
    const endMs = this.#nowMs + withinMs;
    for (let idleRounds = 0; !condition(); ) {
      await this.settle();
      if (this.step()) idleRounds = 0;
      // Hashing happens on another thread: it needs real time, though never much.
      else if (orIdle && idleRounds > 20) return;
      else if (++idleRounds < 500) await new Promise((resolve) => setTimeout(resolve, 1));
      else throw new Error('It did not happen, and nothing is due any more');
      if (this.#nowMs > endMs) throw new Error(`It did not happen within ${withinMs} ms`);
    }
  }

  #next() {
    let first = this.#timers[0];
    for (const timer of this.#timers) {
      if (first && (timer.atMs < first.atMs || (timer.atMs === first.atMs && timer.order < first.order))) first = timer;
    }
    return first;
  }

  #fire(timer: { atMs: number; order: number; callback: () => void }): void {
    this.#timers = this.#timers.filter((other) => other !== timer);
    this.#nowMs = Math.max(this.#nowMs, timer.atMs);
    timer.callback();
  }
}
