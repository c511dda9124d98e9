// Inventories that devices are telling, page by page; in memory, for what is told half is told anew after a restart. Knows
// not what follows from one.
import type { Column, InventoryPage } from '@ferry/shared';
import { refusal } from '../trpc/error.ts';
import { nameOf } from './unwanted-columns.ts';

/** Sixty terabytes in columns of the usual size. */
const MOST_COLUMNS = 1_000_000;
/** Of all devices together, told at once: after a restart everybody comes. */
const MOST_UNDER_WAY = 5_000_000;

interface Telling {
  readonly inventoryId: string;
  readonly columns: Map<string, Column>;
  nextPage: number;
}

export class Inventories {
  readonly #telling = new Map<string, Telling>();
  #columnCount = 0;

  /**
   * @returns all columns by name with the last page, undefined before
   * @throws `revision-mismatch` when it does not follow the page before, `too-many`
   */
  take({ deviceId, inventoryId, page, columns, isLast }: InventoryPage): ReadonlyMap<string, Column> | undefined {
    if (page === 0) this.forget(deviceId);
    const telling = this.#telling.get(deviceId) ?? { inventoryId, columns: new Map<string, Column>(), nextPage: 0 };
    if (telling.inventoryId !== inventoryId || telling.nextPage !== page) throw refusal('revision-mismatch');
    const count = telling.columns.size + columns.length;
    if (count > MOST_COLUMNS) throw refusal('too-many');
    if (this.#columnCount + columns.length > MOST_UNDER_WAY) throw refusal('busy');
    const before = telling.columns.size;
    for (const column of columns) telling.columns.set(nameOf(column), column);
    telling.nextPage++;
    this.#telling.set(deviceId, telling);
    this.#columnCount += telling.columns.size - before;
    if (!isLast) return undefined;
    this.forget(deviceId);
    return telling.columns;
  }

  /** What was begun and is not finished. */
  forget(deviceId: string): void {
    this.#columnCount -= this.#telling.get(deviceId)?.columns.size ?? 0;
    this.#telling.delete(deviceId);
  }
}
