// The table in which names are found: SQLite's FTS5, with tokens of our own and nothing else in it, neither names nor
// positions. What not everybody may see is under tokens of its own, so that it costs nobody else anything. Called by
// whoever writes entries, within the same transaction; knows no queries.
import type { Database, Statement } from 'better-sqlite3';
import { EntryTokens, type IndexedName, type RowFacets } from './entry-tokens.ts';
import { createExtent, ExtentRow } from './extent.ts';
import { createListingOrders } from './listing-orders.ts';
import { MARK } from './name-tokens.ts';
import { createTurnedShares } from './turned-shares.ts';

export type { IndexedName } from './entry-tokens.ts';

/**
 * The tokenizer `ascii` leaves everything beyond ASCII alone and takes these for parts of words too; what is left is
 * the space, which separates tokens. `detail=none`: which names have a token, not where. `contentless_delete` needs no
 * copy of what was indexed to take it out again.
 */
const SIGNS = [...'!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~', ...Object.values(MARK)].join('');

/** Within the transaction that makes the other tables. */
export function createNameIndex(sqlite: Database): void {
  const tokenize = `ascii tokenchars '${SIGNS.replaceAll("'", "''")}'`;
  sqlite.exec(`
    CREATE VIRTUAL TABLE catalog_names USING fts5 (
      tokens, content = '', contentless_delete = 1, detail = none, tokenize = "${tokenize.replaceAll('"', '""')}"
    )`);
  createTurnedShares(sqlite);
  createListingOrders(sqlite);
  createExtent(sqlite);
}

/** New entries; their rows are there already. */
export function indexNames(sqlite: Database, rows: readonly IndexedName[]): void {
  const { entryTokens, extent, insert } = statementsOf(sqlite);
  const files: RowFacets[] = [];
  for (const { entryNo, tokens, isRestricted, facets } of entryTokens.of(rows)) {
    if (facets.isFolder === 0) files.push(facets);
    insert.run(entryNo, tokens.map((token) => indexedToken(token, isRestricted)).join(' '));
  }
  if (files.length > 0) extent.widen(files);
}

/** Files whose size or time changed, and whatever has another name. */
export function reindexNames(sqlite: Database, rows: readonly IndexedName[]): void {
  unindexNames(sqlite, rows);
  indexNames(sqlite, rows);
}

/** Before or after their rows are gone. */
export function unindexNames(sqlite: Database, rows: readonly Pick<IndexedName, 'entryNo'>[]): void {
  const { remove } = statementsOf(sqlite);
  for (const { entryNo } of rows) remove.run(entryNo);
}

/** As it is in the index, and as a query has to have it. */
export function indexedToken(token: string, isRestricted: boolean): string {
  // Looked for first: of a million tokens, few have one.
  const written = token.includes(' ') ? token.replaceAll(' ', MARK.space) : token;
  return isRestricted ? MARK.restricted + written : written;
}

/** As a string of FTS5, which nothing in a token can leave. */
export function quoted(token: string): string {
  return `"${token.replaceAll('"', '""')}"`;
}

interface Statements {
  entryTokens: EntryTokens;
  extent: ExtentRow;
  insert: Statement;
  remove: Statement;
}

const prepared = new WeakMap<Database, Statements>();

function statementsOf(sqlite: Database): Statements {
  const known = prepared.get(sqlite);
  if (known) return known;
  const statements = {
    entryTokens: new EntryTokens(sqlite),
    extent: new ExtentRow(sqlite),
    insert: sqlite.prepare('INSERT INTO catalog_names (rowid, tokens) VALUES (?, ?)'),
    remove: sqlite.prepare('DELETE FROM catalog_names WHERE rowid = ?'),
  };
  prepared.set(sqlite, statements);
  return statements;
}
