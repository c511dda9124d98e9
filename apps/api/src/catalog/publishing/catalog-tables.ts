// What everything that writes needs of the database: its statements, its transactions and the index of names.
import type Sqlite from 'better-sqlite3';
import { type IndexedName, indexNames, reindexNames, unindexNames } from '../search/name-index.ts';
import { EntryTable } from './entry-table.ts';
import { ShareTable } from './share-table.ts';

export class CatalogTables {
  readonly sqlite: Sqlite.Database;
  readonly entries: EntryTable;
  readonly shares: ShareTable;
  readonly #transaction: Sqlite.Transaction<(work: () => void) => void>;

  constructor(sqlite: Sqlite.Database) {
    this.sqlite = sqlite;
    this.entries = new EntryTable(sqlite);
    this.shares = new ShareTable(sqlite);
    this.#transaction = sqlite.transaction((work: () => void) => work());
  }

  /** All of it or nothing. Short: nobody else writes meanwhile. */
  write(work: () => void): void {
    this.#transaction.immediate(work);
  }

  indexNames(rows: readonly IndexedName[]): void {
    if (rows.length > 0) indexNames(this.sqlite, rows);
  }

  reindexNames(rows: readonly IndexedName[]): void {
    if (rows.length > 0) reindexNames(this.sqlite, rows);
  }

  unindexNames(rows: readonly IndexedName[]): void {
    if (rows.length > 0) unindexNames(this.sqlite, rows);
  }
}
