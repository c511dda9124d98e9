// What the one live region says when transfers change: quarters and turns of state, never every percent.
import type { TransferSnapshot } from '../../adapters/engine-contract.ts';
import { isMoving, isRequest, percentOf } from '../transfer/transfer-kind.ts';
import type { Phrase } from './phrase.ts';

const QUARTERS = [25, 50, 75];

export function announcementsBetween(
  before: readonly TransferSnapshot[],
  after: readonly TransferSnapshot[],
): Phrase[] {
  const known = new Map(before.map((transfer) => [transfer.transferId, transfer]));
  return after.flatMap((transfer) => announcementOf(known.get(transfer.transferId), transfer) ?? []);
}

function announcementOf(before: TransferSnapshot | undefined, now: TransferSnapshot): Phrase | null {
  const named = { name: now.peer.username, title: now.title };
  if (!before) return isRequest(now) ? { key: 'announce.request', named, count: now.fileCount } : null;
  if (before.status !== now.status) return turnOf(before, now, named);
  if (!isMoving(now)) return null;
  const passed = QUARTERS.findLast((quarter) => percentOf(before) < quarter && percentOf(now) >= quarter);
  return passed === undefined ? null : { key: 'announce.progress', named: { ...named, percent: passed } };
}

function turnOf(
  before: TransferSnapshot,
  now: TransferSnapshot,
  named: { name: string; title: string },
): Phrase | null {
  const isSend = now.direction === 'send';
  switch (now.status) {
    case 'serving':
    case 'fetching':
      if (before.status === 'announced') return { key: isSend ? 'announce.accepted' : 'announce.started', named };
      return { key: 'announce.continues', named };
    case 'paused':
      return { key: now.pausedBy === 'peer' ? 'announce.pausedBy' : 'announce.paused', named };
    case 'stalled':
      return { key: 'announce.stalled', named };
    case 'done':
      return { key: isSend ? 'announce.delivered' : 'announce.received', named };
    case 'declined':
      return isSend ? { key: 'announce.declined', named } : null;
    case 'cancelled':
      return { key: now.cancelledBy === 'me' ? 'announce.cancelled' : 'announce.cancelledBy', named };
    case 'failed':
      return { key: 'announce.failed', named };
    case 'announced':
    case 'finishing':
      return null;
  }
}
