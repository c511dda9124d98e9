// Limits how often something is published: at once when quiet, then about ten times a second, and the last
// state always. Knows nothing of what it publishes.

/** Ten times a second is as smooth as a progress bar needs; more only wakes the page. */
const INTERVAL_MS = 100;

export class Publisher {
  readonly #publish: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dirty = false;

  constructor(publish: () => void) {
    this.#publish = publish;
  }

  /** Something changed. */
  touch(): void {
    this.#dirty = true;
    if (this.#timer !== undefined) return;
    // Deferred even when quiet: a burst of changes in one task is one publication.
    this.#timer = setTimeout(() => this.#flush(), 0);
  }

  #flush(): void {
    this.#timer = undefined;
    if (!this.#dirty) return;
    this.#dirty = false;
    this.#publish();
    this.#timer = setTimeout(() => this.#flush(), INTERVAL_MS);
  }
}
