// Whose turn it is: lets no more transfers move at once, and no faster, than the user allows, in the order that the user
// gave them. Knows no page.
import { type Exchange, isEnded } from '@ferry/webrtc-core';
import type { Limits } from '../adapters/engine-contract.ts';
import { queueMoves, reordered } from './transfer-queue.ts';
import { isServed, type TransferRow } from './transfer-row.ts';
import type { TransferTable } from './transfer-table.ts';

export const DEFAULT_LIMITS: Limits = { transfersAtOnce: 5, receiveBytesPerSecond: null, sendBytesPerSecond: null };

export interface TransferTurnsOptions {
  exchange: Exchange;
  table: TransferTable;
  /** Whether anything moves now. */
  moving: (isAny: boolean) => void;
}

export class TransferTurns {
  readonly #options: TransferTurnsOptions;
  #limits = DEFAULT_LIMITS;
  #isBalancing = false;

  constructor(options: TransferTurnsOptions) {
    this.#options = options;
  }

  get limits(): Limits {
    return this.#limits;
  }

  setLimits(limits: Limits): void {
    const { rates } = this.#options.exchange;
    this.#limits = limits;
    rates.receive.bytesPerSecond = limits.receiveBytesPerSecond;
    rates.send.bytesPerSecond = limits.sendBytesPerSecond;
    this.balance();
  }

  /** Changes an unfinished transfer's place. @returns the places that are different now, by id */
  move(transferId: string, to: 'up' | 'down' | 'first'): ReadonlyMap<string, number> {
    const { table } = this.#options;
    const direction = table.get(transferId)?.direction;
    const queue = [...table.all()].filter(
      (row) => row.direction === direction && !isServed(row) && !isEnded(row.transfer.state),
    );
    const places = reordered(queue, transferId, to);
    for (const [moved, order] of places) table.get(moved)!.order = order;
    this.balance();
    return places;
  }

  /** Lets as many move as may; once for all that changes in one task. */
  balance(): void {
    if (this.#isBalancing) return;
    this.#isBalancing = true;
    queueMicrotask(() => {
      this.#isBalancing = false;
      const { table, moving } = this.#options;
      // What is served from the catalog has a queue of its own: neither must starve the other.
      const rows = [...table.all()].filter((row) => !isServed(row));
      const { hold, release } = queueMoves(rows.map(queued), this.#limits.transfersAtOnce);
      for (const transferId of hold) table.get(transferId)?.transfer.pause('queue');
      for (const transferId of release) table.get(transferId)?.transfer.resume();
      moving([...table.all()].some((row) => queued(row).isMoving));
    });
  }
}

function queued({ transferId, direction, order, transfer }: TransferRow) {
  const { state, summary } = transfer;
  return {
    transferId,
    direction,
    order,
    isMoving: state.status === 'fetching' || state.status === 'serving' || state.status === 'finishing',
    isHeld: state.status === 'paused' && state.by.me === 'queue',
    totalBytes: transfer.progress?.totalBytes ?? summary.totalBytes,
  };
}
