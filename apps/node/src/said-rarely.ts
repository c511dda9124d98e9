// Says something that goes on being so only now and then: a server that is away for a night fills nobody's log.
import type { Log } from './log.ts';

const EVERY_MS = 10 * 60_000;

export class SaidRarely {
  readonly #log: Log;
  #saidAtMs = Number.NEGATIVE_INFINITY;

  constructor(log: Log) {
    this.#log = log;
  }

  warn(sentence: string): void {
    if (performance.now() - this.#saidAtMs < EVERY_MS) return;
    this.#saidAtMs = performance.now();
    this.#log.warn(sentence);
  }

  /** It is over: the next time it is news again. */
  forget(): void {
    this.#saidAtMs = Number.NEGATIVE_INFINITY;
  }
}
