// One set of chunks that is not held yet: what of it is here, and what is asked for. Knows no sources.

export class SetUnderWay {
  readonly set: number;
  readonly chunks: readonly number[];
  readonly needed: number;
  /** Stored, and held as soon as there are enough. */
  readonly kept = new Set<number>();
  /** How often its chunks did not fit together. */
  rejections = 0;
  /** Of how many sources a chunk is asked. */
  readonly #asked = new Map<number, number>();
  #askCount = 0;

  constructor(set: number, chunks: readonly number[], needed: number) {
    this.set = set;
    this.chunks = chunks;
    this.needed = needed;
  }

  /** How many more must be asked for; below 0 when more are under way than are needed. */
  get lacking(): number {
    return this.needed - this.kept.size - this.#asked.size;
  }

  /** How many could be done without, if all that is under way came. */
  get spare(): number {
    return this.#askCount - this.#asked.size + Math.max(0, -this.lacking);
  }

  /** Neither here nor asked for. */
  isFree(chunk: number): boolean {
    return !this.kept.has(chunk) && !this.#asked.has(chunk);
  }

  /**
   * How many would be here, if all came that is under way but for these.
   * @param overdue by chunk, of how many sources it is overdue
   */
  coming(overdue: ReadonlyMap<number, number>): number {
    const onTime = [...this.#asked].filter(([chunk, count]) => count > (overdue.get(chunk) ?? 0));
    return this.kept.size + onTime.length;
  }

  ask(chunk: number): void {
    this.#asked.set(chunk, (this.#asked.get(chunk) ?? 0) + 1);
    this.#askCount++;
  }

  /** One source less is asked for it. */
  settle(chunk: number): void {
    const count = this.#asked.get(chunk);
    if (count === undefined) return;
    this.#askCount--;
    if (count === 1) this.#asked.delete(chunk);
    else this.#asked.set(chunk, count - 1);
  }
}
