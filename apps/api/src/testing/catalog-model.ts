// What is in a share, as plainly as it can be said: a map of files. The catalog has to come to the same, whatever is
// published in whatever order.
import type { PublishedFile, ShareKind } from '@ferry/shared';
import type { Database } from 'better-sqlite3';

export interface ModelEntry {
  path: string;
  isFolder: number;
  sizeBytes: number;
  modifiedMs: number;
  fileCount: number;
  contentId: string | null;
}

export class CatalogModel {
  readonly #kind: ShareKind;
  #files = new Map<string, PublishedFile>();
  /** Put since everything began anew. */
  #fresh: Set<string> | undefined;

  constructor(kind: ShareKind) {
    this.#kind = kind;
  }

  get paths(): string[] {
    return [...this.#files.keys()];
  }

  page(put: readonly PublishedFile[], remove: readonly string[]): void {
    const puts: PublishedFile[] = [];
    for (const file of put.toReversed()) if (!puts.some(([later]) => excludes(file[0], later))) puts.push(file);
    for (const path of remove) if (!puts.some(([kept]) => kept === path)) this.#files.delete(path);
    for (const file of puts) {
      for (const path of this.paths) if (path !== file[0] && excludes(path, file[0])) this.#files.delete(path);
      this.#files.set(file[0], file);
      this.#fresh?.add(file[0]);
    }
  }

  begin(): void {
    this.#fresh = new Set();
  }

  end(): void {
    const fresh = this.#fresh;
    if (fresh) for (const path of this.paths) if (!fresh.has(path)) this.#files.delete(path);
    this.#fresh = undefined;
  }

  /** With all folders, by path. */
  entries(): ModelEntry[] {
    const entries = new Map<string, ModelEntry>();
    if (this.#kind === 'folder') entries.set('', emptyFolder(''));
    for (const [path, sizeBytes, modifiedMs, contentId] of this.#files.values()) {
      for (const folder of this.#foldersOf(path)) {
        const sums = entries.get(folder) ?? emptyFolder(folder);
        sums.sizeBytes += sizeBytes;
        sums.fileCount++;
        sums.modifiedMs = Math.max(sums.modifiedMs, modifiedMs);
        entries.set(folder, sums);
      }
      entries.set(path, { path, isFolder: 0, sizeBytes, modifiedMs, fileCount: 1, contentId });
    }
    return [...entries.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  #foldersOf(path: string): string[] {
    const segments = path.split('/').slice(0, -1);
    const folders = segments.map((_, at) => segments.slice(0, at + 1).join('/'));
    return this.#kind === 'folder' ? ['', ...folders] : folders;
  }
}

/** The same of a share in the catalog's file. */
export function listedEntries(sqlite: Database, shareId: string): ModelEntry[] {
  const rows = sqlite
    .prepare(
      `SELECT path, entries.is_folder AS isFolder, size_bytes AS sizeBytes, modified_ms AS modifiedMs,
         entries.file_count AS fileCount, content_id AS contentId
       FROM entries JOIN shares ON shares.share_no = entries.share_no WHERE share_id = ? ORDER BY path`,
    )
    .all(shareId) as (Omit<ModelEntry, 'contentId'> & { contentId: Buffer | null })[];
  return rows.map((row) => ({ ...row, contentId: row.contentId?.toString('base64url') ?? null }));
}

/** Whether two files cannot both be there. */
function excludes(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}/`) || other.startsWith(`${path}/`);
}

function emptyFolder(path: string): ModelEntry {
  return { path, isFolder: 1, sizeBytes: 0, modifiedMs: 0, fileCount: 0, contentId: null };
}
