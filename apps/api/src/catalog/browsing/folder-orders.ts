// In which order the entries of one folder come. By name there is an index. By size and time they are sorted when somebody
// asks, because indexes of these would cost everybody who publishes more than that; of large folders the order is kept for
// the pages that follow. Knows no viewers.
import type { CatalogOrder } from '@ferry/shared';
import type { Database, Statement } from 'better-sqlite3';
import { prepareOnce } from '../prepare-once.ts';

export interface Siblings {
  shareNo: number;
  parentNo: number;
  /** As SQLite has it: folders among themselves, or files. */
  isFolder: number;
  count: number;
}

export interface FolderOrder {
  by: Exclude<CatalogOrder, 'relevance'>;
  isDescending: boolean;
}

type Direction = 'ASC' | 'DESC';

const TERMS: Record<FolderOrder['by'], (direction: Direction) => string> = {
  name: (direction) => `name_key ${direction}, entry_no ${direction}`,
  size: (direction) => `size_bytes ${direction}, name_key, entry_no`,
  modified: (direction) => `modified_ms ${direction}, name_key, entry_no`,
};

/** Fewer are sorted in a millisecond or two. */
const KEPT_FROM = 2000;
/** Of a quarter of a million entries each is two megabytes. */
const MOST_KEPT = 8;

export class FolderOrders {
  readonly #sqlite: Database;
  readonly #revision: Statement;
  readonly #statements = new Map<string, Statement>();
  /** Those that were used last are at the end. */
  readonly #kept = new Map<string, { revision: number; entryNos: Float64Array }>();

  constructor(sqlite: Database) {
    this.#sqlite = sqlite;
    this.#revision = prepareOnce(sqlite, 'SELECT revision FROM shares WHERE share_no = ?').pluck();
  }

  /** @returns numbers of entries; some may be gone by the time they are looked at */
  page(of: Siblings, order: FolderOrder, { offset, limit }: { offset: number; limit: number }): number[] {
    if (limit <= 0 || offset >= of.count) return [];
    if (order.by === 'name' || of.count < KEPT_FROM) return this.#sorted(of, order, offset, limit);
    return Array.from(this.#whole(of, order).subarray(offset, offset + limit));
  }

  /** Whatever is published into a share ends with another revision of it. */
  #whole(of: Siblings, order: FolderOrder): Float64Array {
    const key = `${of.parentNo} ${of.isFolder} ${order.by} ${order.isDescending}`;
    const revision = this.#revision.get(of.shareNo) as number;
    const known = this.#kept.get(key);
    const kept = known?.revision === revision ? known : { revision, entryNos: this.#sort(of, order) };
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(oldest!);
    return kept.entryNos;
  }

  #sort(of: Siblings, order: FolderOrder): Float64Array {
    return Float64Array.from(this.#sorted(of, order, 0, of.count));
  }

  #sorted({ parentNo, isFolder }: Siblings, order: FolderOrder, offset: number, limit: number): number[] {
    const direction = order.isDescending ? 'DESC' : 'ASC';
    const name = `${order.by} ${direction}`;
    const statement = this.#statements.get(name) ?? this.#prepare(TERMS[order.by](direction));
    this.#statements.set(name, statement);
    return statement.all({ parentNo, isFolder, offset, limit }) as number[];
  }

  #prepare(terms: string): Statement {
    return prepareOnce(
      this.#sqlite,
      `SELECT entry_no FROM entries INDEXED BY entries_by_name WHERE parent_no = @parentNo AND is_folder = @isFolder
       ORDER BY ${terms} LIMIT @limit OFFSET @offset`,
    ).pluck();
  }
}
