// What is in a folder, in some order and from some place in it: folders come first whatever the order, and equals are
// by name.
import type { ChildrenPage, ChildrenRequest } from '@ferry/shared';
import type { Database, Statement } from 'better-sqlite3';
import type { Viewer } from '../catalog-index.ts';
import { CatalogRefusal } from '../catalog-refusal.ts';
import { prepareOnce } from '../prepare-once.ts';
import type { Sources } from '../sources.ts';
import { SHARES_WITH_OWNERS } from '../visibility.ts';
import { SHOWN_COLUMNS, type ShownRow } from './entry-rows.ts';
import { type FolderOrder, FolderOrders, type Siblings } from './folder-orders.ts';
import { type Places, type ShareRow, toShare } from './places.ts';

export class Children {
  readonly #places: Places;
  readonly #sources: Sources;
  readonly #orders: FolderOrders;
  readonly #folder: Statement;
  readonly #count: Statement;
  readonly #shown: Statement;

  constructor(sqlite: Database, places: Places, sources: Sources) {
    this.#places = places;
    this.#sources = sources;
    this.#orders = new FolderOrders(sqlite);
    this.#folder = prepareOnce(
      sqlite,
      'SELECT entry_no FROM entries WHERE share_no = ? AND path = ? AND is_folder = 1',
    ).pluck();
    this.#count = prepareOnce(
      sqlite,
      'SELECT count(*) FROM entries INDEXED BY entries_by_name WHERE parent_no = ? AND is_folder = ?',
    ).pluck();
    this.#shown = prepareOnce(
      sqlite,
      `SELECT ${SHOWN_COLUMNS}
       FROM json_each(@entryNos) AS page
       CROSS JOIN entries ON entries.entry_no = page.value
       CROSS JOIN ${SHARES_WITH_OWNERS}
       WHERE shares.share_no = entries.share_no
       ORDER BY page.key`,
    );
  }

  /** @throws `not-found`, also for what is a file */
  page(viewer: Viewer, request: ChildrenRequest): ChildrenPage {
    const share = this.#places.share(viewer, request.shareId);
    const { shareNo } = share;
    const parentNo = this.#folderNo(share, request.path);
    const siblings = (isFolder: number): Siblings => {
      return { shareNo, parentNo, isFolder, count: this.#count.get(parentNo, isFolder) as number };
    };
    const [folders, files] = [siblings(1), siblings(0)];
    const { offset, limit } = request;
    const order = orderOf(request);
    const first = this.#orders.page(folders, order, { offset, limit });
    const then = { offset: Math.max(0, offset - folders.count), limit: limit - first.length };
    const entryNos = [...first, ...this.#orders.page(files, order, then)];
    const rows = this.#shown.all({ entryNos: JSON.stringify(entryNos) }) as ShownRow[];
    const entries = this.#sources.describe(viewer, rows);
    return { share: toShare(share), entries, total: folders.count + files.count };
  }

  #folderNo({ shareNo, isFolder }: ShareRow, path: string): number {
    if (!isFolder && path === '') return -shareNo;
    const entryNo = this.#folder.get(shareNo, path) as number | undefined;
    if (entryNo === undefined) throw new CatalogRefusal('not-found');
    return entryNo;
  }
}

/** What belongs together best is, in a folder, in the order of names. */
function orderOf({ order = 'relevance', isDescending = false }: Partial<ChildrenRequest>): FolderOrder {
  return order === 'relevance' ? { by: 'name', isDescending: false } : { by: order, isDescending };
}
