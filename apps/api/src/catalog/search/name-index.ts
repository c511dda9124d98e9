// The table in which names are found: SQLite's FTS5, with tokens of our own and nothing else in it, neither names nor
// positions. What not everybody may see is under tokens of its own, so that it costs nobody else anything. Called by
// whoever writes entries, within the same transaction; knows no queries.
import type { Database, Statement } from 'better-sqlite3';
import { type EntryFacets, tokensOfFacets } from './facet-tokens.ts';
import { fold } from './fold.ts';
import { createListingOrders } from './listing-orders.ts';
import { MARK, tokensOfName } from './name-tokens.ts';
import { createTurnedShares } from './turned-shares.ts';

export interface IndexedName {
  entryNo: number;
  name: string;
}

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
}

/** New entries; their rows are there already. */
export function indexNames(sqlite: Database, rows: readonly IndexedName[]): void {
  const { facets, insert } = statementsOf(sqlite);
  for (const { entryNo, name } of rows) {
    const row = facets.get(entryNo) as (EntryFacets & { isPublic: number }) | undefined;
    if (row) insert.run(entryNo, indexedText(name, row));
  }
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
  return `${isRestricted ? MARK.restricted : ''}${token.replaceAll(' ', MARK.space)}`;
}

function indexedText(name: string, row: EntryFacets & { isPublic: number }): string {
  const tokens = [...tokensOfName(fold(name), row.extension), ...tokensOfFacets(row)];
  return tokens.map((token) => indexedToken(token, row.isPublic === 0)).join(' ');
}

interface Statements {
  facets: Statement;
  insert: Statement;
  remove: Statement;
}

const prepared = new WeakMap<Database, Statements>();

function statementsOf(sqlite: Database): Statements {
  const known = prepared.get(sqlite);
  if (known) return known;
  const statements = {
    facets: sqlite.prepare(`
      SELECT entries.share_no AS shareNo, owner_no AS ownerNo, is_public AS isPublic, entries.is_folder AS isFolder,
        kind, extension, size_bytes AS sizeBytes, modified_ms AS modifiedMs
      FROM entries JOIN shares ON shares.share_no = entries.share_no WHERE entry_no = +?`),
    insert: sqlite.prepare('INSERT INTO catalog_names (rowid, tokens) VALUES (?, ?)'),
    remove: sqlite.prepare('DELETE FROM catalog_names WHERE rowid = ?'),
  };
  prepared.set(sqlite, statements);
  return statements;
}
