// How frequent tokens are, roughly: from how far one has to go back, at a few places, for the next names that have it.
// Counting them would cost as much as the search that is to be spared. Knows no queries.
import type { Database, Statement } from 'better-sqlite3';
import { indexedToken } from './name-index.ts';

const PLACES = 2;
const NAMES = 16;
/** A few hundred KB. */
const KEPT_TOKENS = 10_000;
/** What was estimated in a smaller catalog is estimated again once it has grown by this. */
const GROWTH = 1.25;

interface Estimate {
  frequency: number;
  newestEntry: number;
}

export class TokenFrequencies {
  readonly #before: Statement;
  /** The ones that were asked for last are at the end. */
  readonly #known = new Map<string, Estimate>();

  constructor(sqlite: Database) {
    this.#before = sqlite
      .prepare(
        `SELECT rowid FROM catalog_names WHERE catalog_names MATCH ? AND rowid <= CAST(? AS INTEGER)
         ORDER BY rowid DESC LIMIT 1 OFFSET ${NAMES - 1}`,
      )
      .pluck();
  }

  /** @returns the part of all entry numbers up to the newest that have it: 0 to 1, and more than 0 */
  of(token: string, newestEntry: number): number {
    const known = this.#known.get(token);
    this.#known.delete(token);
    const isFresh = known && newestEntry <= known.newestEntry * GROWTH;
    const estimate = isFresh ? known : { frequency: this.#estimate(token, newestEntry), newestEntry };
    this.#known.set(token, estimate);
    if (this.#known.size > KEPT_TOKENS) this.#known.delete(this.#known.keys().next().value!);
    return estimate.frequency;
  }

  #estimate(token: string, newestEntry: number): number {
    const query = quoted(indexedToken(token, false));
    let names = 0;
    let passed = 0;
    for (let place = PLACES; place > 0; place--) {
      const from = Math.ceil((newestEntry * place) / PLACES);
      const reached = (this.#before.get(query, from) as number | undefined) ?? 0;
      names += NAMES;
      passed += from - reached;
      // There are not even so many, in all that is older.
      if (reached === 0) break;
    }
    return Math.min(1, names / Math.max(names, passed));
  }
}

/** As a string of FTS5, which nothing in a token can leave. */
export function quoted(token: string): string {
  return `"${token.replaceAll('"', '""')}"`;
}
