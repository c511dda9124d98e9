// All transfers together: rates, overall progress, and what the window's title says about them.
import type { TransferSnapshot } from '../../adapters/engine-contract.ts';
import { isMoving, isServed } from './transfer-kind.ts';

export interface Totals {
  downRate: number;
  upRate: number;
  movingCount: number;
  /** Of what is moving; null when nothing is. */
  percent: number | null;
  direction: 'down' | 'up' | null;
}

export function totalsOf(transfers: readonly TransferSnapshot[]): Totals {
  const moving = transfers.filter(isMoving);
  const down = moving.filter(({ direction }) => direction === 'receive');
  const up = moving.filter(({ direction }) => direction === 'send');
  // What I receive is what I wait for; sending shows only when nothing comes in, and what others fetch never.
  const shown = down.length > 0 ? down : up.filter((transfer) => !isServed(transfer));
  const total = sum(shown, 'totalBytes');
  return {
    downRate: sum(down, 'bytesPerSecond'),
    upRate: sum(up, 'bytesPerSecond'),
    movingCount: moving.length,
    percent:
      shown.length === 0 ? null : total === 0 ? 0 : Math.min(99, Math.floor((sum(shown, 'doneBytes') / total) * 100)),
    direction: shown.length === 0 ? null : shown === down ? 'down' : 'up',
  };
}

function sum(transfers: readonly TransferSnapshot[], field: 'totalBytes' | 'doneBytes' | 'bytesPerSecond'): number {
  return transfers.reduce((total, transfer) => total + transfer[field], 0);
}
