// How frequent tokens are, roughly: counted in a sample of entries from all over the catalog. Counting them all would cost
// as much as the searches that are to be spared. Knows no queries.
import type { Database, Statement } from 'better-sqlite3';
import { EntryTokens, type IndexedName } from './entry-tokens.ts';

/** Some 20 ms, once and whenever the catalog has grown by a quarter; two megabytes. */
const SAMPLED_ENTRIES = 2000;
const GROWTH = 1.25;
/** Of a token that is in none of them. */
const UNSEEN = 0.2 / SAMPLED_ENTRIES;

export class TokenFrequencies {
  readonly #tokens: EntryTokens;
  readonly #next: Statement;
  #counts = new Map<string, number>();
  #sampled = 0;
  #sampledUpTo = -1;

  constructor(sqlite: Database) {
    this.#tokens = new EntryTokens(sqlite);
    this.#next = sqlite.prepare(
      'SELECT entry_no AS entryNo, name FROM entries WHERE entry_no >= ? ORDER BY entry_no LIMIT 1',
    );
  }

  /** @returns the part of all entries that have it: more than 0, and at most 1 */
  of(token: string, newestEntry: number): number {
    if (newestEntry > this.#sampledUpTo * GROWTH) this.#sample(newestEntry);
    const count = this.#counts.get(token);
    return count === undefined || this.#sampled === 0 ? UNSEEN : count / this.#sampled;
  }

  #sample(newestEntry: number): void {
    this.#counts = new Map();
    this.#sampled = 0;
    this.#sampledUpTo = newestEntry;
    const step = Math.max(1, newestEntry / SAMPLED_ENTRIES);
    for (let entryNo = 1; entryNo <= newestEntry; ) {
      const row = this.#next.get(Math.floor(entryNo)) as { entryNo: number; name: string } | undefined;
      if (!row) return;
      this.#sampled++;
      for (const token of this.#tokensOf(row)) this.#counts.set(token, (this.#counts.get(token) ?? 0) + 1);
      entryNo = Math.max(entryNo + step, row.entryNo + 1);
    }
  }

  #tokensOf(row: IndexedName): Set<string> {
    const [found] = this.#tokens.of([row]);
    return new Set(found?.tokens);
  }
}
