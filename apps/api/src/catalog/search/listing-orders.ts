// Orders in which the whole catalog can be walked through without looking for words: by name, size and time, each with the
// share, so that what a viewer may not see is passed over without being read. Neighbours in a folder are far apart in them:
// of a large page every entry would touch a page of each. Such entries are put into the orders later, and found by words
// and in their folders at once. Knows no queries.
import type { Database } from 'better-sqlite3';
import { prepareOnce } from '../prepare-once.ts';

/** A place in such an order has to fit into a cursor: beyond it, what is newer comes later. */
export const ORDERED_NAME_CHARACTERS = 64;

/** What the orders are by, as SQL: to be repeated exactly, or the indexes are of no use. */
export const ORDER_KEY = {
  name: `substr(name_key, 1, ${ORDERED_NAME_CHARACTERS})`,
  size: 'size_bytes',
  modified: 'modified_ms',
} as const;

export function createListingOrders(sqlite: Database): void {
  for (const [order, key] of Object.entries(ORDER_KEY)) {
    sqlite.exec(`CREATE INDEX catalog_by_${order} ON entries (${key}, entry_no, share_no) WHERE is_ordered = 1`);
  }
  sqlite.exec('CREATE INDEX entries_to_order ON entries (entry_no) WHERE is_ordered = 0');
}

/** Some tens of milliseconds' worth. */
const STEP_ENTRIES = 250;

/** Yields after each step, which is a transaction of its own. */
export function* orderEntries(sqlite: Database): Generator<void, void> {
  const step = prepareOnce(
    sqlite,
    `UPDATE entries SET is_ordered = 1 WHERE entry_no IN (
       SELECT entry_no FROM entries INDEXED BY entries_to_order WHERE is_ordered = 0 ORDER BY entry_no LIMIT ?)`,
  );
  while (step.run(STEP_ENTRIES).changes > 0) yield;
}
