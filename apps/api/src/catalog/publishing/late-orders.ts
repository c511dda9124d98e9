// When what large pages left out of the orders of the whole catalog is put into them: as soon as nobody writes for a moment,
// and when somebody always does, in turns with them. Knows no tables.
const QUIET_MS = 300;
const MOST_LATE_MS = 30_000;

export class LateOrders {
  readonly #order: () => void;
  /** Since when there is something to order; undefined while there is nothing. */
  #sinceMs: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** @param order begins to put all of it in order */
  constructor(order: () => void) {
    this.#order = order;
  }

  /** There is something to order. */
  want(): void {
    this.#sinceMs ??= performance.now();
    this.wait();
  }

  /** Somebody wrote: more is likely to come. */
  wait(): void {
    if (this.#sinceMs === undefined || this.#isClosed) return;
    const leftMs = this.#sinceMs + MOST_LATE_MS - performance.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#begin(), Math.max(0, Math.min(QUIET_MS, leftMs))).unref();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  #begin(): void {
    // What comes from here on is wanted anew.
    this.#sinceMs = undefined;
    this.#order();
  }
}
