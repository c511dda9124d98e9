// One share while files are put into it and taken out: keeps folders, sums, counts and the index of names in step.
// Whoever uses it sees to transactions, and ends each with settle().
import { catalogKindOf, type PublishedFile } from '@ferry/shared';
import { extensionOf } from '../entry-kind.ts';
import type { IndexedName } from '../search/name-index.ts';
import { sortKey } from '../sort-key.ts';
import type { CatalogTables } from './catalog-tables.ts';
import type { EntryRow } from './entry-table.ts';
import type { OwnShare } from './own-shares.ts';
import { nameOf, parentPathOf } from './page-changes.ts';
import { type Folder, ShareFolders } from './share-folders.ts';

/** What ext4 allows. Sums of as many files as an owner may have stay within SQLite's integers. */
const MOST_FILE_BYTES = 2 ** 44;

export class ShareEdit {
  readonly share: OwnShare;
  readonly folders: ShareFolders;
  readonly #tables: CatalogTables;
  readonly #isOrdered: 0 | 1;
  #added: IndexedName[] = [];
  #changed: IndexedName[] = [];
  #gone: IndexedName[] = [];
  #learnt = 0;

  /** @param how whether what is added is put into the orders of the whole catalog by somebody else */
  constructor(tables: CatalogTables, share: OwnShare, how = { isOrderedLater: false }) {
    this.share = share;
    this.#isOrdered = how.isOrderedLater ? 0 : 1;
    this.#tables = tables;
    this.folders = new ShareFolders(
      {
        find: (path) => this.#folderAt(path),
        insert: ({ path, name, parentNo }) => this.#insertFolder(path, name, parentNo),
        delete: ({ entryNo, name }) => this.#delete(entryNo, name),
        newestIn: (folderNo) => tables.entries.newestIn(folderNo),
        add: ({ entryNo, sizeBytes, fileCount, modifiedMs }) => {
          // In place of the row that picked files do not have.
          if (entryNo > 0) tables.entries.addToFolder(entryNo, sizeBytes, fileCount, modifiedMs);
        },
      },
      topOf(tables, share),
    );
  }

  /** How many rows are different since it was last settled. */
  get rowsWritten(): number {
    return this.#added.length + this.#changed.length + this.#gone.length + this.#learnt;
  }

  /** Not the share's own row. */
  find(path: string): EntryRow | undefined {
    // In a folder that is not listed there is nothing: of a new share, most are.
    if (this.folders.find(parentPathOf(path)).entryNo === undefined) return undefined;
    return this.#tables.entries.find(this.share.shareNo, path);
  }

  /** @param before what is listed at that path: a file, or nothing */
  put([path, publishedBytes, modifiedMs, contentId]: PublishedFile, before: EntryRow | undefined): void {
    const { entries } = this.#tables;
    const file = {
      sizeBytes: Math.min(publishedBytes, MOST_FILE_BYTES),
      modifiedMs,
      contentId: contentId === null ? null : Buffer.from(contentId, 'base64url'),
      generation: this.share.generation,
    };
    if (before && isSame(before, file)) {
      if (before.generation !== file.generation) entries.mark(before.entryNo, file.generation);
      return;
    }
    const folder = this.folders.find(parentPathOf(path));
    if (before && isUntouched(before, file)) {
      entries.learn(before.entryNo, file);
      this.#learnt++;
      return;
    }
    if (before) {
      entries.updateFile(before.entryNo, file);
      const times = { addedMs: modifiedMs, goneMs: before.modifiedMs };
      this.folders.change(folder, file.sizeBytes - before.sizeBytes, 0, times);
      // Sizes and times are in the index of names, too; content ids are not.
      this.#changed.push(before);
      return;
    }
    this.#insertFile(path, folder, file);
    this.folders.change(folder, file.sizeBytes, 1, { addedMs: modifiedMs });
  }

  remove(file: EntryRow): void {
    this.#delete(file.entryNo, file.name);
    const folder = this.folders.find(parentPathOf(file.path));
    this.folders.change(folder, -file.sizeBytes, -1, { goneMs: file.modifiedMs });
  }

  /** What was done is whole from here on. */
  settle(): void {
    const { sizeBytes, fileCount } = this.folders.settle();
    this.#tables.unindexNames(this.#gone);
    this.#tables.reindexNames(this.#changed);
    this.#tables.indexNames(this.#added);
    const entryCount = this.#added.length - this.#gone.length;
    this.#tables.shares.add(this.share, { sizeBytes, fileCount, entryCount });
    this.#added = [];
    this.#changed = [];
    this.#gone = [];
    this.#learnt = 0;
  }

  /** A file at that path is none. */
  #folderAt(path: string) {
    const row = this.find(path);
    return row?.isFolder === 1 ? row : undefined;
  }

  #insertFile(
    path: string,
    folder: Folder,
    file: Pick<EntryRow, 'sizeBytes' | 'modifiedMs' | 'contentId' | 'generation'>,
  ): void {
    const name = nameOf(path);
    const extension = extensionOf(name);
    const kind = catalogKindOf(extension);
    const entry = { ...file, path, name, nameKey: sortKey(name), extension, kind, fileCount: 1, isFolder: 0 };
    const { shareNo } = this.share;
    const parentNo = this.folders.made(folder);
    const entryNo = this.#tables.entries.insert({ ...entry, shareNo, parentNo, isOrdered: this.#isOrdered });
    this.#added.push({ entryNo, name, facets: { ...entry, shareNo } });
  }

  #insertFolder(path: string, name: string, parentNo: number): number {
    const { shareNo, generation } = this.share;
    const isOrdered = this.#isOrdered;
    const entryNo = this.#tables.entries.insertFolder({ shareNo, parentNo, path, name, generation, isOrdered });
    this.#added.push({ entryNo, name });
    return entryNo;
  }

  #delete(entryNo: number, name: string): void {
    this.#tables.entries.delete(entryNo);
    this.#gone.push({ entryNo, name });
  }
}

function topOf(tables: CatalogTables, share: OwnShare) {
  if (share.isFolder) return tables.entries.find(share.shareNo, '')!;
  return { entryNo: -share.shareNo, fileCount: share.fileCount, modifiedMs: 0 };
}

type Stamp = Pick<EntryRow, 'sizeBytes' | 'modifiedMs'>;

/** As far as its size and time tell. */
function isUntouched(row: Stamp, file: Stamp): boolean {
  return row.sizeBytes === file.sizeBytes && row.modifiedMs === file.modifiedMs;
}

function isSame(row: EntryRow, file: Stamp & Pick<EntryRow, 'contentId'>): boolean {
  if (!isUntouched(row, file)) return false;
  if (row.contentId === null || file.contentId === null) return row.contentId === file.contentId;
  return row.contentId.equals(file.contentId);
}
