// Hashes that are asked for and have not all come: those that are waited for, one source an entry, and those that are late
// and asked of others by now. Knows not which entries are still to be asked for.
import { WIRE_LIMITS } from '../wire/limits.ts';
import type { HashPages } from './hash-pages.ts';
import { LateAnswers } from './late-answers.ts';

/** At one source, those included that it answers late: whoever is slow takes few of the places that there are. */
export const MOST_AT_ONE_SOURCE = 8;

export class OpenProofs {
  readonly #pending = new Map<number, HashPages>();
  readonly #late = new LateAnswers();

  /** Whether an answer is waited for. */
  get isBusy(): boolean {
    return this.#pending.size > 0;
  }

  get isFull(): boolean {
    return this.#pending.size >= WIRE_LIMITS.maxHashRequests;
  }

  /** When the first of those that are waited for has taken too long; undefined when none is. */
  get dueMs(): number | undefined {
    return this.isBusy ? Math.min(...[...this.#pending.values()].map(({ dueMs }) => dueMs)) : undefined;
  }

  /** Whether somebody is waited for to tell of this entry. */
  isPending(entry: number): boolean {
    return this.#pending.has(entry);
  }

  isLate(source: string, entry: number): boolean {
    return this.#late.get(source, entry) !== undefined;
  }

  /** It is late with so much that it is not asked for more, whatever it has. */
  isMute(source: string): boolean {
    return this.#late.countOf(source) >= MOST_AT_ONE_SOURCE;
  }

  /** What was asked of this source and is still open; also when it is late. */
  of(source: string, entry: number): HashPages | undefined {
    const pending = this.#pending.get(entry);
    return pending?.source === source ? pending : this.#late.get(source, entry);
  }

  open(entry: number, pages: HashPages): void {
    this.#pending.set(entry, pages);
  }

  /** Whoever answers in time before whoever does not; undefined when all have enough to do. */
  leastBusy(sources: readonly string[]): string | undefined {
    return sources
      .map((source) => ({ source, late: this.#late.countOf(source), open: this.#countAt(source) }))
      .filter(({ open }) => open < MOST_AT_ONE_SOURCE)
      .sort((a, b) => a.late - b.late || a.open - b.open)[0]?.source;
  }

  /**
   * Nobody waits for these any longer.
   * @returns their entries
   */
  giveUp(which: (pages: HashPages, entry: number) => boolean): number[] {
    const given = [...this.#pending].filter(([entry, pages]) => which(pages, entry));
    for (const [entry, pages] of given) {
      this.#pending.delete(entry);
      this.#late.add(entry, pages);
    }
    return given.map(([entry]) => entry);
  }

  /** The entry's hashes are known. */
  proven(entry: number): void {
    this.#pending.delete(entry);
  }

  /**
   * It has answered.
   * @returns whether it was late, and is late with nothing else
   */
  settle(entry: number, pages: HashPages): boolean {
    if (this.#pending.get(entry) === pages) this.#pending.delete(entry);
    if (!this.isLate(pages.source, entry)) return false;
    this.#late.delete(pages.source, entry);
    return this.#late.countOf(pages.source) === 0;
  }

  /** @returns entries that it was waited for */
  removeSource(source: string): number[] {
    const given = this.giveUp((pages) => pages.source === source);
    this.#late.removeSource(source);
    return given;
  }

  #countAt(source: string): number {
    const pending = [...this.#pending.values()].filter((pages) => pages.source === source);
    return pending.length + this.#late.countOf(source);
  }
}
