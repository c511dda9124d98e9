// What is in a folder, in some order and from some place in it: folders come first whatever the order, and equals are
// by name. Walks along an index to the page that is asked for, and reads no other rows.
import type { CatalogOrder, ChildrenPage, ChildrenRequest } from '@ferry/shared';
import type { Database, Statement } from 'better-sqlite3';
import type { Viewer } from '../catalog-index.ts';
import { CatalogRefusal } from '../catalog-refusal.ts';
import { prepareOnce } from '../prepare-once.ts';
import type { Sources } from '../sources.ts';
import { SHARES_WITH_OWNERS } from '../visibility.ts';
import { SHOWN_COLUMNS, type ShownRow } from './entry-rows.ts';
import { type Places, type ShareRow, toShare } from './places.ts';

type Direction = 'ASC' | 'DESC';

const ORDERS: Record<Exclude<CatalogOrder, 'relevance'>, (direction: Direction) => [index: string, terms: string]> = {
  name: (direction) => ['entries_by_name', `name_key ${direction}, entry_no ${direction}`],
  size: (direction) => ['entries_by_size', `size_bytes ${direction}, name_key, entry_no`],
  modified: (direction) => ['entries_by_modified', `modified_ms ${direction}, name_key, entry_no`],
};

export class Children {
  readonly #sqlite: Database;
  readonly #places: Places;
  readonly #sources: Sources;
  readonly #folder: Statement;
  readonly #count: Statement;
  readonly #pages = new Map<string, Statement>();

  constructor(sqlite: Database, places: Places, sources: Sources) {
    this.#sqlite = sqlite;
    this.#places = places;
    this.#sources = sources;
    this.#folder = prepareOnce(
      sqlite,
      'SELECT entry_no FROM entries WHERE share_no = ? AND path = ? AND is_folder = 1',
    ).pluck();
    this.#count = prepareOnce(
      sqlite,
      'SELECT count(*) FROM entries INDEXED BY entries_by_name WHERE parent_no = ? AND is_folder = ?',
    ).pluck();
  }

  /** @throws `not-found`, also for what is a file */
  page(viewer: Viewer, request: ChildrenRequest): ChildrenPage {
    const share = this.#places.share(viewer, request.shareId);
    const parentNo = this.#folderNo(share, request.path);
    const [folderCount, fileCount] = [1, 0].map((isFolder) => this.#count.get(parentNo, isFolder) as number);
    const { offset, limit } = request;
    const folders = this.#rows(request, { parentNo, isFolder: 1, offset, limit });
    const files = this.#rows(request, {
      parentNo,
      isFolder: 0,
      offset: Math.max(0, offset - folderCount!),
      limit: limit - folders.length,
    });
    const entries = this.#sources.describe(viewer, [...folders, ...files]);
    return { share: toShare(share), entries, total: folderCount! + fileCount! };
  }

  #folderNo({ shareNo, isFolder }: ShareRow, path: string): number {
    if (!isFolder && path === '') return -shareNo;
    const entryNo = this.#folder.get(shareNo, path) as number | undefined;
    if (entryNo === undefined) throw new CatalogRefusal('not-found');
    return entryNo;
  }

  #rows(
    { order = 'relevance', isDescending = false }: Pick<ChildrenRequest, 'order' | 'isDescending'>,
    bounds: { parentNo: number; isFolder: number; offset: number; limit: number },
  ): ShownRow[] {
    if (bounds.limit <= 0) return [];
    const key = order === 'relevance' ? 'name' : order;
    const direction = isDescending && order !== 'relevance' ? 'DESC' : 'ASC';
    const name = `${key} ${direction}`;
    const statement = this.#pages.get(name) ?? this.#prepare(...ORDERS[key](direction));
    this.#pages.set(name, statement);
    return statement.all(bounds) as ShownRow[];
  }

  #prepare(index: string, terms: string): Statement {
    return prepareOnce(
      this.#sqlite,
      `SELECT ${SHOWN_COLUMNS}
       FROM (
         SELECT entry_no, row_number() OVER () AS place FROM (
           SELECT entry_no FROM entries INDEXED BY ${index}
           WHERE parent_no = @parentNo AND is_folder = @isFolder
           ORDER BY ${terms} LIMIT @limit OFFSET @offset)
       ) AS page
       CROSS JOIN entries ON entries.entry_no = page.entry_no
       CROSS JOIN ${SHARES_WITH_OWNERS}
       WHERE shares.share_no = entries.share_no
       ORDER BY page.place`,
    );
  }
}
