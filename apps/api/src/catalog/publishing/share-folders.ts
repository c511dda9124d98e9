// The folders of one share while it is being changed: found once, made when something is put into them, their sums
// brought up to date together, gone when the last file is. Knows no files but as what is added and taken away.
import { nameOf, parentPathOf } from './page-changes.ts';

export interface FolderRow {
  entryNo: number;
  fileCount: number;
  modifiedMs: number;
}

export interface Folder {
  path: string;
  /** None of the share itself. */
  parent: Folder | undefined;
  depth: number;
  /** What its children have as `parent_no`; undefined while it is not listed. */
  entryNo: number | undefined;
  fileCount: number;
  modifiedMs: number;
  changed: Change;
}

interface Change {
  sizeBytes: number;
  fileCount: number;
  /** Of what was added. */
  newestMs: number;
  /** Whether the newest may have gone. */
  isOlder: boolean;
}

/** What the folders need to have done in the table. */
export interface FolderTable {
  find(path: string): FolderRow | undefined;
  insert(folder: { path: string; name: string; parentNo: number }): number;
  delete(folder: { entryNo: number; name: string }): void;
  add(folder: { entryNo: number; sizeBytes: number; fileCount: number; modifiedMs: number }): void;
  newestIn(folderNo: number): number;
}

export class ShareFolders {
  readonly #table: FolderTable;
  readonly #top: Folder;
  readonly #byPath = new Map<string, Folder>();
  #touched = new Set<Folder>();

  /** @param top the share's own row, or for picked files, which have none, what is in its place */
  constructor(table: FolderTable, top: FolderRow) {
    this.#table = table;
    this.#top = { path: '', parent: undefined, depth: 0, changed: unchanged(), ...top };
    this.#byPath.set('', this.#top);
  }

  /** One that is not listed has no `entryNo`. */
  find(path: string): Folder {
    const known = this.#byPath.get(path);
    if (known) return known;
    const parent = this.find(parentPathOf(path));
    const row = parent.entryNo === undefined ? undefined : this.#table.find(path);
    const folder: Folder = {
      path,
      parent,
      depth: parent.depth + 1,
      entryNo: row?.entryNo,
      fileCount: row?.fileCount ?? 0,
      modifiedMs: row?.modifiedMs ?? 0,
      changed: unchanged(),
    };
    this.#byPath.set(path, folder);
    return folder;
  }

  /** @returns its number; it and those above it are made when they are not there */
  made(folder: Folder): number {
    if (folder.entryNo !== undefined) return folder.entryNo;
    const parentNo = this.made(folder.parent!);
    folder.entryNo = this.#table.insert({ path: folder.path, name: nameOf(folder.path), parentNo });
    return folder.entryNo;
  }

  change(folder: Folder, sizeBytes: number, fileCount: number, file: { addedMs?: number; goneMs?: number }): void {
    const { changed } = folder;
    changed.sizeBytes += sizeBytes;
    changed.fileCount += fileCount;
    changed.newestMs = Math.max(changed.newestMs, file.addedMs ?? 0);
    if (file.goneMs !== undefined && file.goneMs >= folder.modifiedMs) changed.isOlder = true;
    this.#touched.add(folder);
  }

  /**
   * Writes the sums, from the deepest folders up.
   *
   * @returns what changed in the share as a whole
   */
  settle(): { sizeBytes: number; fileCount: number } {
    const { sizeBytes, fileCount } = this.#settleAll();
    this.#touched = new Set();
    return { sizeBytes, fileCount };
  }

  #settleAll(): Change {
    const levels: Set<Folder>[] = [];
    const level = (depth: number) => (levels[depth] ??= new Set());
    for (const folder of this.#touched) level(folder.depth).add(folder);
    let share = unchanged();
    for (let depth = levels.length - 1; depth >= 0; depth--) {
      for (const folder of levels[depth] ?? []) {
        const change = this.#settleOne(folder);
        if (!folder.parent) share = change;
        else {
          addTo(folder.parent.changed, change);
          level(depth - 1).add(folder.parent);
        }
      }
    }
    return share;
  }

  /** @returns what it means for the folder above */
  #settleOne(folder: Folder): Change {
    const { changed, modifiedMs: beforeMs } = folder;
    folder.changed = unchanged();
    folder.fileCount += changed.fileCount;
    const entryNo = folder.entryNo!;
    if (folder.fileCount === 0 && folder.parent) {
      this.#table.delete({ entryNo, name: nameOf(folder.path) });
      folder.entryNo = undefined;
      folder.modifiedMs = 0;
      return { ...changed, newestMs: 0, isOlder: true };
    }
    const { sizeBytes, fileCount } = changed;
    folder.modifiedMs = changed.isOlder ? this.#table.newestIn(entryNo) : Math.max(beforeMs, changed.newestMs);
    if (sizeBytes !== 0 || fileCount !== 0 || folder.modifiedMs !== beforeMs) {
      this.#table.add({ entryNo, sizeBytes, fileCount, modifiedMs: folder.modifiedMs });
    }
    return { sizeBytes, fileCount, newestMs: folder.modifiedMs, isOlder: folder.modifiedMs < beforeMs };
  }
}

function unchanged(): Change {
  return { sizeBytes: 0, fileCount: 0, newestMs: 0, isOlder: false };
}

function addTo(change: Change, more: Change): void {
  change.sizeBytes += more.sizeBytes;
  change.fileCount += more.fileCount;
  change.newestMs = Math.max(change.newestMs, more.newestMs);
  change.isOlder ||= more.isOlder;
}
