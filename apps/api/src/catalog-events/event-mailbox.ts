// What one watcher of the catalog has not been told yet: of each thing the latest only, so that whoever reads slowly
// costs no memory. Knows no catalog.
import type { CatalogEvent } from '@ferry/shared';

export class EventMailbox {
  readonly #waiting = new Map<string, CatalogEvent>();
  #wake: () => void = () => {};

  put(event: CatalogEvent): void {
    this.#waiting.set(event.type === 'changed' ? event.type : event.savedSearchId, event);
    this.#wake();
  }

  async *read(ended: AbortSignal): AsyncGenerator<CatalogEvent> {
    ended.addEventListener('abort', () => this.#wake(), { once: true });
    while (!ended.aborted) {
      const [first] = this.#waiting;
      if (first) {
        this.#waiting.delete(first[0]);
        yield first[1];
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }
}
