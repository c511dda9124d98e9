// What one watcher has not been told yet: of each thing the latest only, so that whoever reads slowly costs no memory. Knows
// not what is watched.

export class EventMailbox<Event> {
  readonly #thingOf: (event: Event) => string;
  readonly #waiting = new Map<string, Event>();
  #wake: () => void = () => {};

  /** @param thingOf what the event is about: a later one about the same takes its place */
  constructor(thingOf: (event: Event) => string) {
    this.#thingOf = thingOf;
  }

  put(event: Event): void {
    this.#waiting.set(this.#thingOf(event), event);
    this.#wake();
  }

  async *read(ended: AbortSignal): AsyncGenerator<Event> {
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
