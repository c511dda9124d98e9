// What makes the index of names fast again after much was written: FTS5 keeps what was written together in segments, and
// every search looks into each of them. In small steps, for whoever writes and has nothing else to do.
import type { Database } from 'better-sqlite3';
import { narrowExtent } from './extent.ts';
import { reindexNames } from './name-index.ts';

/** Pages of 4 KB that are merged in one step: a few milliseconds. */
const STEP_PAGES = 16;
const STEP_NAMES = 125;
/** Merging writes the whole index anew: not for a few. */
const MANY_SEGMENTS = 8;

/**
 * Yields after each step, which is a transaction of its own. What is not done when it is given up is done the next time.
 */
export function* tidyNameIndex(sqlite: Database): Generator<void, void> {
  narrowExtent(sqlite);
  while (moveTurnedShare(sqlite)) yield;
  if (segments(sqlite) < MANY_SEGMENTS) return;
  // A negative number begins to merge everything into one segment; positive ones go on with it (FTS5, 6.8).
  for (let pages = -STEP_PAGES; merge(sqlite, pages); pages = STEP_PAGES) yield;
}

function segments(sqlite: Database): number {
  return sqlite.prepare('SELECT count(DISTINCT segid) FROM catalog_names_idx').pluck().get() as number;
}

/** @returns whether something was done */
function merge(sqlite: Database, pages: number): boolean {
  const before = changes(sqlite);
  sqlite.prepare("INSERT INTO catalog_names (catalog_names, rank) VALUES ('merge', CAST(? AS INTEGER))").run(pages);
  // As sqlite.org/fts5.html has it: less than two rows were changed when there was nothing to merge.
  return changes(sqlite) - before >= 2;
}

function changes(sqlite: Database): number {
  return sqlite.prepare('SELECT total_changes()').pluck().get() as number;
}

/** @returns false when there is none left */
function moveTurnedShare(sqlite: Database): boolean {
  return sqlite.transaction(() => {
    const turned = sqlite.prepare('SELECT share_no AS shareNo, next_path AS nextPath FROM turned_shares LIMIT 1').get();
    if (!turned) return false;
    const { shareNo, nextPath } = turned as { shareNo: number; nextPath: string };
    const rows = sqlite
      .prepare(
        `SELECT entry_no AS entryNo, name, path FROM entries WHERE share_no = ? AND path >= ? ORDER BY path
         LIMIT ${STEP_NAMES + 1}`,
      )
      .all(shareNo, nextPath) as { entryNo: number; name: string; path: string }[];
    reindexNames(sqlite, rows.slice(0, STEP_NAMES));
    const next = rows[STEP_NAMES];
    if (next) sqlite.prepare('UPDATE turned_shares SET next_path = ? WHERE share_no = ?').run(next.path, shareNo);
    else sqlite.prepare('DELETE FROM turned_shares WHERE share_no = ?').run(shareNo);
    return true;
  })();
}
