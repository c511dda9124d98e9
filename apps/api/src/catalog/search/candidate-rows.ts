// Rows that may match, read from the newest on, and of these the ones that do and may be seen. Whoever reads them says when
// to stop; what has been read is counted. Knows no ranking.
import type { Database, Statement } from 'better-sqlite3';
import { type Criteria, isMatch } from './criteria.ts';
import { fold } from './fold.ts';
import { ORDER_KEY } from './listing-orders.ts';
import type { SeenShares } from './seen-shares.ts';

/** An entry that matches and may be seen. */
export interface Match {
  entryNo: number;
  shareNo: number;
  folded: string;
  extension: string;
  sizeBytes: number;
  modifiedMs: number;
  /** As hexadecimal digits, null while there is none. */
  contentKey: string | null;
  /** What names are sorted by, as far as orders go. */
  nameKey: string;
}

/** In the order of {@link COLUMNS}: rows without names of columns take half the time. */
type RawRow = [
  entryNo: number,
  shareNo: number,
  name: string,
  kind: string,
  extension: string,
  sizeBytes: number,
  modifiedMs: number,
  contentKey: string | null,
  nameKey: string,
];

const COLUMNS = `entries.entry_no, entries.share_no, entries.name, entries.kind, entries.extension, entries.size_bytes,
  entries.modified_ms, hex(entries.content_id), ${ORDER_KEY.name}`;

/** What is asked of every row. */
export interface Sieve {
  criteria: Criteria;
  shares: SeenShares;
}

export interface Reading {
  /** Whether there was nothing left to read. */
  isExhausted: boolean;
  /** The last row that was read; null when there was none. */
  last: Pick<Match, 'entryNo' | 'nameKey' | 'sizeBytes' | 'modifiedMs'> | null;
}

export type IndexedOrder = keyof typeof ORDER_KEY;

/** What is asked of rows while they are read. */
export interface Taking {
  sieve: Sieve;
  /** They are read, match or not. */
  mostRows: number;
  /** Is given each match, and returns whether it wants more. */
  take(match: Match): boolean;
}

export class CandidateRows {
  readonly #matching: Statement;
  readonly #copies: Statement;
  readonly #orderedCopies: Statement;
  readonly #name: Statement;
  readonly #walks: Record<IndexedOrder, { up: Statement; down: Statement }>;

  constructor(sqlite: Database) {
    // Numbers of JavaScript are bound as floating point, which FTS5 does not take for bounds of rows: without the cast
    // it goes through all of them. As to the plus, see visibility.ts.
    this.#matching = sqlite
      .prepare(
        `SELECT ${COLUMNS} FROM catalog_names CROSS JOIN entries ON entries.entry_no = catalog_names.rowid
         WHERE catalog_names MATCH +@expression
           AND catalog_names.rowid BETWEEN CAST(@fromEntry AS INTEGER) AND CAST(@toEntry AS INTEGER)
         ORDER BY catalog_names.rowid DESC`,
      )
      .raw();
    const copies = (also: string) =>
      sqlite
        .prepare(`SELECT ${COLUMNS} FROM entries WHERE content_id = unhex(?) ${also} ORDER BY share_no, entry_no`)
        .raw();
    this.#copies = copies('');
    this.#orderedCopies = copies('AND is_ordered = 1');
    this.#name = sqlite.prepare('SELECT name FROM entries WHERE entry_no = ?').pluck();
    const walk = (order: IndexedOrder, direction: 'ASC' | 'DESC') =>
      sqlite
        .prepare(
          `SELECT ${COLUMNS} FROM entries INDEXED BY catalog_by_${order}
           WHERE is_ordered = 1 AND (${ORDER_KEY[order]}, entry_no) ${direction === 'ASC' ? '>' : '<'} (@key, @entryNo)
           ORDER BY ${ORDER_KEY[order]} ${direction}, entry_no ${direction}`,
        )
        .raw();
    const both = (order: IndexedOrder) => ({ up: walk(order, 'ASC'), down: walk(order, 'DESC') });
    this.#walks = { name: both('name'), size: both('size'), modified: both('modified') };
  }

  nameOf(entryNo: number): string | undefined {
    return this.#name.get(entryNo) as string | undefined;
  }

  /** What the index of names finds, newest first. */
  matching(where: { expression: string; fromEntry: number; toEntry: number }, taking: Taking): Reading {
    return sift(this.#matching.iterate(where), taking);
  }

  /** All that have been put into the orders, in one of them, after a place in it. */
  inOrder(
    order: { by: IndexedOrder; isDescending: boolean },
    after: { key: number | string; entryNo: number },
    taking: Taking,
  ): Reading {
    const { up, down } = this.#walks[order.by];
    return sift((order.isDescending ? down : up).iterate(after), taking);
  }

  /**
   * Of equal content, one after the other in a way that is always the same.
   *
   * @param isOrdered whether only those that {@link inOrder} comes upon
   */
  withContent(contentKey: string, isOrdered: boolean, taking: Taking): Reading {
    return sift((isOrdered ? this.#orderedCopies : this.#copies).iterate(contentKey), taking);
  }
}

function sift(rows: Iterable<unknown>, { sieve, mostRows, take }: Taking): Reading {
  let rowsRead = 0;
  let last: RawRow | undefined;
  let isExhausted = true;
  for (const row of rows as Iterable<RawRow>) {
    isExhausted = rowsRead < mostRows;
    if (!isExhausted) break;
    rowsRead++;
    last = row;
    const match = matchOf(row, sieve);
    isExhausted = !match || take(match);
    if (!isExhausted) break;
  }
  if (!last) return { isExhausted, last: null };
  const [entryNo, , , , , sizeBytes, modifiedMs, , nameKey] = last;
  return { isExhausted, last: { entryNo, sizeBytes, modifiedMs, nameKey } };
}

function matchOf(row: RawRow, { criteria, shares }: Sieve): Match | undefined {
  const [entryNo, shareNo, name, kind, extension, sizeBytes, modifiedMs, contentKey, nameKey] = row;
  const share = shares.find(shareNo);
  if (!share || (criteria.isAvailable && !share.isOnline)) return undefined;
  if (criteria.ownerIds && !criteria.ownerIds.has(share.userId)) return undefined;
  const folded = fold(name);
  if (!isMatch(criteria, { name, kind, extension, sizeBytes, modifiedMs }, folded)) return undefined;
  return { entryNo, shareNo, folded, extension, sizeBytes, modifiedMs, contentKey: contentKey || null, nameKey };
}
