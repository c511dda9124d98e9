// The statements that change entries, each prepared once. Knows no sums and no transactions.
import type { CatalogKind } from '@ferry/shared';
import type { Database, Statement } from 'better-sqlite3';
import { prepareOnce } from '../prepare-once.ts';
import { sortKey } from '../sort-key.ts';

export interface EntryRow {
  entryNo: number;
  path: string;
  name: string;
  isFolder: number;
  sizeBytes: number;
  modifiedMs: number;
  fileCount: number;
  generation: number;
  contentId: Buffer | null;
}

export interface NewEntry {
  shareNo: number;
  parentNo: number;
  isFolder: number;
  kind: CatalogKind;
  extension: string;
  sizeBytes: number;
  modifiedMs: number;
  fileCount: number;
  generation: number;
  isOrdered: 0 | 1;
  contentId: Buffer | null;
  path: string;
  name: string;
  nameKey: string;
}

const COLUMNS = `entry_no AS entryNo, path, name, is_folder AS isFolder, size_bytes AS sizeBytes,
  modified_ms AS modifiedMs, file_count AS fileCount, generation, content_id AS contentId`;

/** Beyond them is nothing that is below a path: '0' is the character after the slash. */
const BELOW = `path > @path || '/' AND path < @path || '0'`;

export class EntryTable {
  readonly #find: Statement;
  readonly #filesBelow: Statement;
  readonly #after: Statement;
  readonly #insert: Statement;
  readonly #updateFile: Statement;
  readonly #learn: Statement;
  readonly #updateFolder: Statement;
  readonly #mark: Statement;
  readonly #rename: Statement;
  readonly #delete: Statement;
  readonly #newestBelow: Statement;

  constructor(sqlite: Database) {
    this.#find = prepareOnce(sqlite, `SELECT ${COLUMNS} FROM entries WHERE share_no = ? AND path = ?`);
    this.#filesBelow = prepareOnce(
      sqlite,
      `SELECT ${COLUMNS} FROM entries WHERE share_no = @shareNo AND ${BELOW} AND is_folder = 0 ORDER BY path LIMIT @limit`,
    );
    this.#after = prepareOnce(
      sqlite,
      `SELECT ${COLUMNS} FROM entries WHERE share_no = ? AND path > ? ORDER BY path LIMIT ?`,
    );
    this.#insert = prepareOnce(
      sqlite,
      `INSERT INTO entries (share_no, parent_no, is_folder, kind, extension, size_bytes, modified_ms, file_count,
         generation, is_ordered, content_id, path, name, name_key)
       VALUES (@shareNo, @parentNo, @isFolder, @kind, @extension, @sizeBytes, @modifiedMs, @fileCount,
         @generation, @isOrdered, @contentId, @path, @name, @nameKey)`,
    );
    this.#updateFile = prepareOnce(
      sqlite,
      'UPDATE entries SET size_bytes = ?, modified_ms = ?, content_id = ?, generation = ? WHERE entry_no = ?',
    );
    // What only became known changes no order, and must not be written into any again.
    this.#learn = prepareOnce(sqlite, 'UPDATE entries SET content_id = ?, generation = ? WHERE entry_no = ?');
    // Numbers of JavaScript are bound as floating point, in which large sums would be made without the casts.
    this.#updateFolder = prepareOnce(
      sqlite,
      `UPDATE entries SET size_bytes = size_bytes + CAST(? AS INTEGER), file_count = file_count + CAST(? AS INTEGER),
         modified_ms = ? WHERE entry_no = ?`,
    );
    this.#mark = prepareOnce(sqlite, 'UPDATE entries SET generation = ? WHERE entry_no = ?');
    this.#rename = prepareOnce(sqlite, 'UPDATE entries SET name = ?, name_key = ? WHERE entry_no = ?');
    this.#delete = prepareOnce(sqlite, 'DELETE FROM entries WHERE entry_no = ?');
    this.#newestBelow = prepareOnce(
      sqlite,
      'SELECT coalesce(max(modified_ms), 0) FROM entries INDEXED BY entries_by_name WHERE parent_no = ?',
    ).pluck();
  }

  find(shareNo: number, path: string): EntryRow | undefined {
    return this.#find.get(shareNo, path) as EntryRow | undefined;
  }

  /** Those of one share after a path, in the order of paths; the root is after none. */
  after(shareNo: number, path: string, limit: number): EntryRow[] {
    return this.#after.all(shareNo, path, limit) as EntryRow[];
  }

  filesBelow(shareNo: number, path: string, limit: number): EntryRow[] {
    return this.#filesBelow.all({ shareNo, path, limit }) as EntryRow[];
  }

  insert(entry: NewEntry): number {
    return Number(this.#insert.run(entry).lastInsertRowid);
  }

  /** With nothing in it yet. */
  insertFolder(folder: Pick<NewEntry, 'shareNo' | 'parentNo' | 'path' | 'name' | 'generation' | 'isOrdered'>): number {
    const empty = { isFolder: 1, kind: 'folder', extension: '', sizeBytes: 0, modifiedMs: 0, fileCount: 0 } as const;
    return this.insert({ ...folder, ...empty, contentId: null, nameKey: sortKey(folder.name) });
  }

  updateFile(entryNo: number, file: Pick<EntryRow, 'sizeBytes' | 'modifiedMs' | 'contentId' | 'generation'>): void {
    this.#updateFile.run(file.sizeBytes, file.modifiedMs, file.contentId, file.generation, entryNo);
  }

  /** Of a file that is what it was. */
  learn(entryNo: number, { contentId, generation }: Pick<EntryRow, 'contentId' | 'generation'>): void {
    this.#learn.run(contentId, generation, entryNo);
  }

  addToFolder(entryNo: number, sizeBytes: number, fileCount: number, modifiedMs: number): void {
    this.#updateFolder.run(sizeBytes, fileCount, modifiedMs, entryNo);
  }

  mark(entryNo: number, generation: number): void {
    this.#mark.run(generation, entryNo);
  }

  rename(entryNo: number, name: string, nameKey: string): void {
    this.#rename.run(name, nameKey, entryNo);
  }

  delete(entryNo: number): void {
    this.#delete.run(entryNo);
  }

  /** 0 when there is nothing in it. */
  newestIn(folderNo: number): number {
    return this.#newestBelow.get(folderNo) as number;
  }
}
