// So many actions at a time; the others wait for their turn, in order. Knows nothing of what they do.

export class Permits {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  async use<Result>(action: () => Promise<Result>): Promise<Result> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await action();
    } finally {
      const next = this.#waiting.shift();
      // A permit is handed on; were it free for a moment, somebody who comes just then would take the turn.
      if (next) next();
      else this.#free++;
    }
  }
}
