// Which columns are here, in a database of this folder's own, which nobody else opens meanwhile. Knows no bytes.
import type { Column } from '@ferry/shared';
import type { ColumnRecord, ColumnRecords, ColumnState } from '@ferry/store-holder';
import Sqlite, { type Database, SqliteError } from 'better-sqlite3';
import { StopReason } from '../stop-reason.ts';

/** Of the table below; a folder of a later one is left alone. */
const FORMAT = 1;
const TABLE = `
  CREATE TABLE columns (
    version_id TEXT NOT NULL,
    "group" INTEGER NOT NULL,
    "index" INTEGER NOT NULL,
    size_bytes INTEGER NOT NULL,
    content_id TEXT,
    state TEXT NOT NULL,
    since_ms INTEGER NOT NULL,
    PRIMARY KEY (version_id, "group", "index")
  ) STRICT, WITHOUT ROWID`;

interface Row {
  version_id: string;
  group: number;
  index: number;
  size_bytes: number;
  content_id: string | null;
  state: string;
  since_ms: number;
}

export class ColumnTable implements ColumnRecords {
  readonly #sqlite: Database;

  /** @throws StopReason `folder-in-use`, `folder-unusable` */
  static open(file: string): ColumnTable {
    let sqlite: Database | undefined;
    try {
      sqlite = new Sqlite(file, { timeout: 0 });
      return new ColumnTable(sqlite);
    } catch (error) {
      sqlite?.close();
      throw reasonOf(error, file);
    }
  }

  private constructor(sqlite: Database) {
    this.#sqlite = sqlite;
    // Before anything is read: so the lock on it is this process's until it ends, in whatever way (sqlite.org/wal.html).
    sqlite.pragma('locking_mode = EXCLUSIVE');
    sqlite.pragma('journal_mode = WAL');
    // What was said to be recorded survives a loss of power, too: a receipt may have been signed for it.
    sqlite.pragma('synchronous = FULL');
    sqlite.exec('BEGIN IMMEDIATE');
    this.#prepare();
    sqlite.exec('COMMIT');
  }

  async all(): Promise<ColumnRecord[]> {
    return (this.#sqlite.prepare('SELECT * FROM columns').all() as Row[]).map(recordOf);
  }

  async put({ column, sizeBytes, contentId, state, sinceMs }: ColumnRecord): Promise<void> {
    this.#sqlite
      .prepare('INSERT OR REPLACE INTO columns VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(column.versionId, column.group, column.index, sizeBytes, contentId, state, sinceMs);
  }

  async remove({ versionId, group, index }: Column): Promise<void> {
    this.#sqlite
      .prepare('DELETE FROM columns WHERE version_id = ? AND "group" = ? AND "index" = ?')
      .run(versionId, group, index);
  }

  close(): void {
    this.#sqlite.close();
  }

  #prepare(): void {
    const format = this.#sqlite.pragma('user_version', { simple: true });
    if (format === FORMAT) return;
    if (format !== 0) throw new StopReason('folder-unusable', 'This folder was used by a later version of ferry-node.');
    this.#sqlite.exec(TABLE);
    this.#sqlite.pragma(`user_version = ${FORMAT}`);
  }
}

function recordOf(row: Row): ColumnRecord {
  return {
    column: { versionId: row.version_id, group: row.group, index: row.index },
    sizeBytes: row.size_bytes,
    contentId: row.content_id,
    // Nobody but this file writes it.
    state: row.state as ColumnState,
    sinceMs: row.since_ms,
  };
}

function reasonOf(error: unknown, file: string): unknown {
  if (!(error instanceof SqliteError)) return error;
  if (error.code.startsWith('SQLITE_BUSY')) {
    return new StopReason('folder-in-use', 'Another ferry-node uses this folder. Each needs a folder of its own.');
  }
  return new StopReason('folder-unusable', `${file} cannot be used: ${error.message}.`, { cause: error });
}
