// Tells whoever listens that something changed: at once the first time, then at most once a second. Knows not what.

const QUIET_MS = 1000;

export class ChangeNotices {
  readonly #listeners = new Set<() => void>();
  #timer: NodeJS.Timeout | undefined;
  #isDue = false;

  watch(listener: () => void, ended: AbortSignal): void {
    if (ended.aborted) return;
    // One function may listen twice.
    const own = () => listener();
    this.#listeners.add(own);
    ended.addEventListener('abort', () => this.#listeners.delete(own), { once: true });
  }

  changed(): void {
    if (this.#timer) {
      this.#isDue = true;
      return;
    }
    this.#isDue = false;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#isDue) this.changed();
    }, QUIET_MS).unref();
    for (const listener of this.#listeners) listener();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }
}
