// What one search may cost, whatever is asked. Each was measured with bench/catalog-search.ts, on two cores and with a
// million entries; together they keep the dearest of searches below 20 ms.
export const SEARCH_BOUNDS = {
  /** Matches that are ranked: the newest. With more, the answer says that these are not all. */
  rankedMatches: 500,
  /** Older ones are ranked too when so many names do not yet begin with what is looked for, or are just that. */
  beginningMatches: 50,
  exactMatches: 50,
  /** Rows that are read to see whether they match: 4 µs each. */
  readRows: 1500,
  /** Entries of token lists that FTS5 goes through: 30 ns each. */
  listEntries: 150_000,
  /** The same for older names that begin with what is looked for. */
  beginningEntries: 40_000,
  /** Tokens one of which is enough. Each of them is asked for every row. */
  alternatives: 32,
  /** Tokens that all have to be there. More of them cost more than the rows that they spare. */
  tokens: 6,
  /** Of one word: the others are mostly where these are. */
  tokensOfWord: 2,
  /** Tokens whose frequency is looked at. */
  weighedTokens: 24,
  /** Copies that are looked at to find which one of equals is shown. */
  copies: 50,
  newMatches: 100,
} as const;
