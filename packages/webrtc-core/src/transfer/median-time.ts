// The median of the last so many durations: what is usual, whatever a few took. Pure.

const SAMPLES = 64;
/** Fewer say nothing about what is usual. */
const LEAST_SAMPLES = 4;

export class MedianTime {
  readonly #samples: number[] = [];
  #next = 0;
  #medianMs: number | undefined;

  /** Undefined while too little is known. */
  get medianMs(): number | undefined {
    if (this.#samples.length < LEAST_SAMPLES) return undefined;
    this.#medianMs ??= [...this.#samples].sort((a, b) => a - b)[this.#samples.length >> 1];
    return this.#medianMs;
  }

  add(durationMs: number): void {
    this.#samples[this.#next] = durationMs;
    this.#next = (this.#next + 1) % SAMPLES;
    this.#medianMs = undefined;
  }
}
