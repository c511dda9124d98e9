// Results as they are shown: whole rows, with their sources and with what was found in the name. Knows no order.
import type { SearchResult } from '@ferry/shared';
import type { Database, Statement } from 'better-sqlite3';
import { SHOWN_COLUMNS, type ShownRow } from '../browsing/entry-rows.ts';
import type { Viewer } from '../catalog-index.ts';
import type { Sources } from '../sources.ts';
import { IS_VISIBLE, SHARES_WITH_OWNERS } from '../visibility.ts';
import { highlightsOf } from './highlights.ts';
import type { SearchWord } from './search-word.ts';

export class ResultRows {
  readonly #sources: Sources;
  readonly #row: Statement;

  constructor(sqlite: Database, sources: Sources) {
    this.#sources = sources;
    this.#row = sqlite.prepare(
      `SELECT ${SHOWN_COLUMNS} FROM entries CROSS JOIN ${SHARES_WITH_OWNERS}
       WHERE entries.entry_no = +@entryNo AND shares.share_no = entries.share_no AND ${IS_VISIBLE}`,
    );
  }

  /** What is not to be seen is left out. */
  show(viewer: Viewer, entryNos: readonly number[], words: readonly SearchWord[]): SearchResult[] {
    const rows = entryNos.map((entryNo) => this.#row.get({ viewerId: viewer.userId, entryNo }) as ShownRow | undefined);
    const entries = this.#sources.describe(
      viewer,
      rows.filter((row) => row !== undefined),
    );
    return entries.map((entry) => ({ ...entry, highlights: highlightsOf(entry.name, words) }));
  }
}
