// Of which columns bytes have come since that was asked last, so that nobody takes for stuck what is only slow. Knows no server.
import { type Column, LIMITS } from '@ferry/shared';
import { columnKey } from './column-key.ts';

/** One go at a column. */
interface Moving {
  /** In this go. */
  readonly movedBytes: number;
}

export class MovedColumns {
  readonly #moved = new Map<string, Column>();
  readonly #seenBytes = new WeakMap<Moving, number>();

  look(column: Column, fetch: Moving): void {
    const { movedBytes } = fetch;
    if (movedBytes === (this.#seenBytes.get(fetch) ?? 0)) return;
    this.#seenBytes.set(fetch, movedBytes);
    this.#moved.set(columnKey(column), column);
  }

  /** As many as are told at once; they are asked for no second time. */
  take(): Column[] {
    const moved = [...this.#moved.values()].slice(0, LIMITS.storeMovingColumns);
    this.#moved.clear();
    return moved;
  }
}
