// Inventories that devices are telling, page by page; in memory, for what is told half is told anew after a restart. Of columns
// that a device was never asked for only some are remembered: whoever makes up millions fills nothing. Knows not what follows
// from one.
import type { Column, InventoryPage } from '@ferry/shared';
import { refusal } from '../trpc/error.ts';
import { nameOf } from './unwanted-columns.ts';

/** Of one device, beside those that it is to have: it tells the others when it has released these. */
const MOST_UNASKED = 10_000;
/** Of all devices together, told at once: after a restart everybody comes. */
const MOST_UNDER_WAY = 5_000_000;
/** Of one person at once; the next computer comes again a moment later. */
const MOST_OF_PERSON = 8;
/** A page takes a moment. Whoever stays away that long begins anew. */
const FORGOTTEN_AFTER_MS = 10 * 60_000;

export interface Teller {
  readonly userId: string;
  /** Whether the device was ever asked for this column. */
  readonly wasAsked: (column: Column) => boolean;
}

interface Telling {
  readonly inventoryId: string;
  readonly userId: string;
  readonly columns: Map<string, Column>;
  nextPage: number;
  unaskedCount: number;
  toldAtMs: number;
}

export class Inventories {
  /** Whoever told something last comes last. */
  readonly #telling = new Map<string, Telling>();
  #columnCount = 0;

  /**
   * @returns all columns by name with the last page, undefined before
   * @throws `revision-mismatch` when it does not follow the page before, `busy`
   */
  take(page: InventoryPage, teller: Teller, nowMs: number): ReadonlyMap<string, Column> | undefined {
    const { deviceId } = page;
    this.#forgetOld(nowMs);
    if (page.page === 0) this.#forget(deviceId);
    const telling = this.#telling.get(deviceId) ?? this.#begin(page, teller, nowMs);
    if (telling.inventoryId !== page.inventoryId || telling.nextPage !== page.page) throw refusal('revision-mismatch');
    if (this.#columnCount + page.columns.length > MOST_UNDER_WAY) throw refusal('busy');
    this.#add(telling, page.columns, teller);
    telling.nextPage++;
    telling.toldAtMs = nowMs;
    this.#telling.delete(deviceId);
    this.#telling.set(deviceId, telling);
    if (!page.isLast) return undefined;
    this.#forget(deviceId);
    return telling.columns;
  }

  #begin({ inventoryId }: InventoryPage, { userId }: Teller, nowMs: number): Telling {
    const own = [...this.#telling.values()].filter((telling) => telling.userId === userId);
    if (own.length >= MOST_OF_PERSON) throw refusal('busy');
    return { inventoryId, userId, columns: new Map(), nextPage: 0, unaskedCount: 0, toldAtMs: nowMs };
  }

  #add(telling: Telling, columns: readonly Column[], { wasAsked }: Teller): void {
    for (const column of columns) {
      const name = nameOf(column);
      if (telling.columns.has(name)) continue;
      if (!wasAsked(column) && ++telling.unaskedCount > MOST_UNASKED) continue;
      telling.columns.set(name, column);
      this.#columnCount++;
    }
  }

  /** What was begun and is not finished. */
  #forget(deviceId: string): void {
    this.#columnCount -= this.#telling.get(deviceId)?.columns.size ?? 0;
    this.#telling.delete(deviceId);
  }

  #forgetOld(nowMs: number): void {
    for (const [deviceId, { toldAtMs }] of this.#telling) {
      if (nowMs - toldAtMs < FORGOTTEN_AFTER_MS) break;
      this.#forget(deviceId);
    }
  }
}
