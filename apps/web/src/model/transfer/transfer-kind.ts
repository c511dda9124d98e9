// What kind of row a transfer is and what may be done with it. Decides from plain snapshots; does nothing itself.
import type { TransferSnapshot, TransferStatus } from '../../adapters/engine-contract.ts';
import { needsMe } from './remedy.ts';

const ENDED: ReadonlySet<TransferStatus> = new Set(['done', 'declined', 'cancelled', 'failed']);
const MOVING: ReadonlySet<TransferStatus> = new Set(['fetching', 'serving', 'finishing']);

export function isEnded({ status }: TransferSnapshot): boolean {
  return ENDED.has(status);
}

/** Bytes are on their way, or about to be. */
export function isMoving({ status }: TransferSnapshot): boolean {
  return MOVING.has(status);
}

/** Somebody asks me: shown as a card until it is answered. What I fetch by myself asks nothing of me. */
export function isRequest(transfer: TransferSnapshot): boolean {
  return transfer.direction === 'receive' && transfer.status === 'announced' && !isFetched(transfer);
}

/** I found it in the catalog or in the Store; nobody sent it. */
export function isFetched({ direction, origin, stored }: TransferSnapshot): boolean {
  return direction === 'receive' && (origin === 'catalog' || stored?.kind === 'file');
}

/** A colleague fetches it from what I share: not my errand. */
export function isServed({ direction, origin }: TransferSnapshot): boolean {
  return direction === 'send' && origin === 'catalog';
}

export type TransferAction = 'pause' | 'resume' | 'cancel' | 'retry' | 'remove';

/** What a picture on a button is enough for; `remedyOf` has what needs words. */
export function actionsOf(transfer: TransferSnapshot): TransferAction[] {
  switch (transfer.status) {
    case 'announced':
      // What I asked for can wait before anybody has answered; what is announced to somebody cannot be.
      return isFetched(transfer) ? ['pause', 'cancel'] : ['cancel'];
    case 'finishing':
      return ['cancel'];
    case 'fetching':
    case 'serving':
    case 'stalled':
      return ['pause', 'cancel'];
    case 'paused':
      return canResume(transfer) ? ['resume', 'cancel'] : ['cancel'];
    case 'declined':
    case 'cancelled':
      return transfer.canRetry ? ['retry', 'remove'] : ['remove'];
    case 'done':
    case 'failed':
      return ['remove'];
  }
}

/** Only who paused can resume; both may have. Resuming brings neither its turn nor its files. */
function canResume({ pausedBy, pauseReason, problem }: TransferSnapshot): boolean {
  return pausedBy !== 'peer' && pauseReason !== 'queue' && pauseReason !== 'files' && !(problem && needsMe(problem));
}

/** Never 100 before the end, so that "100 %" means it. */
export function percentOf({ doneBytes, totalBytes, status }: TransferSnapshot): number {
  if (status === 'done') return 100;
  if (totalBytes === 0) return 0;
  return Math.min(99, Math.floor((doneBytes / totalBytes) * 100));
}
