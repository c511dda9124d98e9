// Which transfers a command for several of them means. Pure.
import type { TransferSnapshot } from '../../adapters/engine-contract.ts';
import { actionsOf } from './transfer-kind.ts';

/** Also those that wait their turn: what is paused before them would only bring it sooner. */
export function pausable(transfers: readonly TransferSnapshot[]): TransferSnapshot[] {
  return transfers.filter(
    (transfer) =>
      actionsOf(transfer).includes('pause') || (transfer.pausedBy === 'me' && transfer.pauseReason === 'queue'),
  );
}

export function resumable(transfers: readonly TransferSnapshot[]): TransferSnapshot[] {
  return transfers.filter((transfer) => actionsOf(transfer).includes('resume'));
}

export function failed(transfers: readonly TransferSnapshot[]): TransferSnapshot[] {
  return transfers.filter(({ status }) => status === 'failed');
}
