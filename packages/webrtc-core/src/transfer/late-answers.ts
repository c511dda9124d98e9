// Sources that were asked for hashes and did not answer in time: what they still tell counts, but nobody waits for it.
// Knows not who is asked instead.
import type { HashPages } from './hash-pages.ts';

export class LateAnswers {
  readonly #bySource = new Map<string, Map<number, HashPages>>();

  /** Entries of which it has not told yet. */
  countOf(source: string): number {
    return this.#bySource.get(source)?.size ?? 0;
  }

  get(source: string, entry: number): HashPages | undefined {
    return this.#bySource.get(source)?.get(entry);
  }

  add(entry: number, pages: HashPages): void {
    const ofSource = this.#bySource.get(pages.source) ?? new Map<number, HashPages>();
    this.#bySource.set(pages.source, ofSource.set(entry, pages));
  }

  delete(source: string, entry: number): void {
    const ofSource = this.#bySource.get(source);
    if (ofSource?.delete(entry) && ofSource.size === 0) this.#bySource.delete(source);
  }

  removeSource(source: string): void {
    this.#bySource.delete(source);
  }
}
