// Clears away what is left of shares that nobody sees any more, also of those that a server left when it ended.
import type { Statement } from 'better-sqlite3';
import { prepareOnce } from '../prepare-once.ts';
import type { IndexedName } from '../search/name-index.ts';
import type { CatalogTables } from './catalog-tables.ts';

const SLICE_ENTRIES = 125;

export class RemovedShares {
  readonly #tables: CatalogTables;
  readonly #next: Statement;
  readonly #entries: Statement;
  readonly #audience: Statement;
  readonly #share: Statement;

  constructor(tables: CatalogTables) {
    this.#tables = tables;
    const { sqlite } = tables;
    this.#next = prepareOnce(sqlite, 'SELECT share_no FROM shares WHERE is_removed = 1 LIMIT 1').pluck();
    this.#entries = prepareOnce(sqlite, 'SELECT entry_no AS entryNo, name FROM entries WHERE share_no = ? LIMIT ?');
    this.#audience = prepareOnce(sqlite, 'DELETE FROM audience WHERE share_no = ?');
    this.#share = prepareOnce(sqlite, 'DELETE FROM shares WHERE share_no = ?');
  }

  *clear(): Generator<void, void> {
    for (;;) {
      const shareNo = this.#next.get() as number | undefined;
      if (shareNo === undefined) return;
      this.#clearSome(shareNo);
      yield;
    }
  }

  #clearSome(shareNo: number): void {
    const tables = this.#tables;
    const rows = this.#entries.all(shareNo, SLICE_ENTRIES) as IndexedName[];
    tables.write(() => {
      tables.unindexNames(rows);
      for (const { entryNo } of rows) tables.entries.delete(entryNo);
      if (rows.length === SLICE_ENTRIES) return;
      this.#audience.run(shareNo);
      this.#share.run(shareNo);
    });
  }
}
