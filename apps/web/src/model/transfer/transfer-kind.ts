// What kind of row a transfer is and what may be done with it. Decides from plain snapshots; does nothing itself.
import type { TransferSnapshot, TransferStatus } from '../../adapters/engine-contract.ts';

const ENDED: ReadonlySet<TransferStatus> = new Set(['done', 'declined', 'cancelled', 'failed']);
const MOVING: ReadonlySet<TransferStatus> = new Set(['fetching', 'serving', 'finishing']);

export function isEnded({ status }: TransferSnapshot): boolean {
  return ENDED.has(status);
}

/** Bytes are on their way, or about to be. */
export function isMoving({ status }: TransferSnapshot): boolean {
  return MOVING.has(status);
}

/** Somebody asks me: shown as a card until it is answered. */
export function isRequest({ direction, status }: TransferSnapshot): boolean {
  return direction === 'receive' && status === 'announced';
}

export type TransferAction = 'pause' | 'resume' | 'cancel' | 'retry' | 'remove';

export function actionsOf(transfer: TransferSnapshot): TransferAction[] {
  switch (transfer.status) {
    case 'announced':
      return ['cancel'];
    case 'fetching':
    case 'serving':
    case 'stalled':
      return ['pause', 'cancel'];
    case 'paused':
      // Only who paused can resume; both may have.
      return transfer.pausedBy === 'peer' ? ['cancel'] : ['resume', 'cancel'];
    case 'finishing':
      return ['cancel'];
    case 'done':
      return ['remove'];
    case 'declined':
    case 'cancelled':
    case 'failed':
      return transfer.direction === 'send' ? ['retry', 'remove'] : ['remove'];
  }
}

/** Never 100 before the end, so that "100 %" means it. */
export function percentOf({ doneBytes, totalBytes, status }: TransferSnapshot): number {
  if (status === 'done') return 100;
  if (totalBytes === 0) return 0;
  return Math.min(99, Math.floor((doneBytes / totalBytes) * 100));
}
