// The tables of catalog.sqlite. All of it is derived: browsers publish again what is lost, so that another version of
// the tables is made anew instead of migrated. Knows no queries; the table of names is search/name-index.ts's.
import type { Database } from 'better-sqlite3';
import { createNameIndex } from './search/name-index.ts';

/** Kept in `user_version`. One more with every change to these tables or to the index of names. */
export const CATALOG_VERSION = 2;

/**
 * Numbers instead of UUIDs wherever rows refer to each other: a million entries carry them several times over.
 *
 * `shares.is_removed`: nobody sees it any more, and its entries are being deleted. `generation`: every republishing
 * starts one, and what is still of an older one at its end is gone.
 *
 * `entries`: the root of a shared folder has the path '' and the parent 0. Picked files have no root: what is at their
 * top has the parent -share_no. `name_key` is only for sorting. Folders carry the sums of the files below them.
 * `is_ordered`: whether it is in the orders of the whole catalog, see search/listing-orders.ts.
 * `entry_no` is never used again, not even of deleted rows: a larger one is newer.
 *
 * `holder_shares`: where the chunks that a holder has came from. By id and owner, not by number: a holder may be known
 * before the share is listed anew, and nobody else comes into its place by using its id.
 */
const TABLES = `
  CREATE TABLE owners (
    owner_no INTEGER PRIMARY KEY,
    user_id TEXT NOT NULL UNIQUE,
    is_hidden INTEGER NOT NULL DEFAULT 0,
    share_count INTEGER NOT NULL DEFAULT 0,
    entry_count INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE shares (
    share_no INTEGER PRIMARY KEY AUTOINCREMENT,
    share_id TEXT NOT NULL UNIQUE,
    owner_no INTEGER NOT NULL REFERENCES owners,
    device_id TEXT NOT NULL,
    title TEXT NOT NULL,
    is_folder INTEGER NOT NULL,
    is_public INTEGER NOT NULL,
    is_removed INTEGER NOT NULL DEFAULT 0,
    is_republishing INTEGER NOT NULL DEFAULT 0,
    revision INTEGER NOT NULL DEFAULT 0,
    generation INTEGER NOT NULL DEFAULT 0,
    file_count INTEGER NOT NULL DEFAULT 0,
    total_bytes INTEGER NOT NULL DEFAULT 0,
    entry_count INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX shares_by_owner ON shares (owner_no);
  CREATE INDEX shares_by_device ON shares (device_id);
  CREATE INDEX shares_removed ON shares (share_no) WHERE is_removed = 1;

  CREATE TABLE audience (
    user_id TEXT NOT NULL,
    share_no INTEGER NOT NULL,
    PRIMARY KEY (user_id, share_no)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX audience_by_share ON audience (share_no);

  CREATE TABLE entries (
    entry_no INTEGER PRIMARY KEY AUTOINCREMENT,
    share_no INTEGER NOT NULL,
    parent_no INTEGER NOT NULL,
    is_folder INTEGER NOT NULL,
    kind TEXT NOT NULL,
    extension TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    modified_ms INTEGER NOT NULL,
    file_count INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    is_ordered INTEGER NOT NULL,
    content_id BLOB,
    path TEXT NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX entries_by_path ON entries (share_no, path);
  CREATE INDEX entries_by_name ON entries (parent_no, is_folder, name_key, size_bytes, modified_ms);
  CREATE INDEX entries_by_content ON entries (content_id, share_no) WHERE content_id IS NOT NULL;

  CREATE TABLE holders (
    content_id BLOB NOT NULL,
    device_id TEXT NOT NULL,
    user_id TEXT NOT NULL,
    PRIMARY KEY (content_id, device_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX holders_by_device ON holders (device_id);

  CREATE TABLE holder_shares (
    content_id BLOB NOT NULL,
    device_id TEXT NOT NULL,
    share_id TEXT NOT NULL,
    owner_id TEXT NOT NULL,
    PRIMARY KEY (content_id, device_id, share_id, owner_id)
  ) STRICT, WITHOUT ROWID;
`;

/** In one transaction, on an empty database. */
export function createCatalogTables(sqlite: Database): void {
  sqlite.transaction(() => {
    createEntryTables(sqlite);
    createNameIndex(sqlite);
    sqlite.pragma(`user_version = ${CATALOG_VERSION}`);
  })();
}

/** All but the index of names. */
export function createEntryTables(sqlite: Database): void {
  sqlite.exec(TABLES);
}
