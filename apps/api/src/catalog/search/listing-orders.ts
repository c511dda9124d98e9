// Orders in which the whole catalog can be walked through without looking for words: by name, size and time, each with the
// share, so that what a viewer may not see is passed over without being read. Knows no queries.
import type { Database } from 'better-sqlite3';

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
    sqlite.exec(`CREATE INDEX catalog_by_${order} ON entries (${key}, entry_no, share_no)`);
  }
}
