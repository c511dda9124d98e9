// Actions that take turns: each starts when the one before has ended, well or badly. Knows nothing of what
// they do.

export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #unreported: unknown;

  take<Result>(action: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(action);
    this.#last = result.catch(() => {});
    return result;
  }

  /** For an action that nobody waits for: {@link report} tells how it failed. */
  takeUnwatched(action: () => Promise<void>): void {
    this.take(action).catch((error: unknown) => {
      this.#unreported = error;
    });
  }

  /** Throws, once, the error of an unwatched action. */
  report(): void {
    const error = this.#unreported;
    this.#unreported = undefined;
    if (error !== undefined) throw error;
  }
}
