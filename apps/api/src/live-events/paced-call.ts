// A call that is wanted often and made seldom: a while after it was wanted, and never sooner than so long after the
// one before. Knows nothing of what is called.

interface Pace {
  /** Between two calls. */
  leastMs: number;
  /** How much later than that, at random, so that not everybody is called at once. */
  spreadMs: () => number;
}

export class PacedCall {
  readonly #call: () => void;
  readonly #pace: Pace;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(call: () => void, pace: Pace) {
    this.#call = call;
    this.#pace = pace;
  }

  /** One that is wanted while another is waiting is that one. */
  want(): void {
    if (this.#timer) return;
    const { leastMs, spreadMs } = this.#pace;
    const earliestMs = Math.max(0, this.#lastMs + leastMs - performance.now());
    this.#timer = setTimeout(() => this.#make(), earliestMs + Math.random() * spreadMs());
    this.#timer.unref();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #make(): void {
    this.#timer = undefined;
    this.#lastMs = performance.now();
    this.#call();
  }
}
