// What the one live region says when transfers change: quarters and turns of state, never every percent.
import type { PauseReason, ProblemCode, TransferSnapshot } from '../../adapters/engine-contract.ts';
import type { MessageKey } from '../../i18n/message-key.ts';
import { isMoving, isRequest, isServed, percentOf } from '../transfer/transfer-kind.ts';
import type { Phrase } from './phrase.ts';

type Named = { name: string; title: string };

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
  // What others fetch comes and goes without me, and the panel of what I share shows it.
  if (isServed(now)) return null;
  if (now.waitsForOwner && !before?.waitsForOwner) return { key: 'announce.waitsForOwner', named };
  if (now.waitsForHolders && !before?.waitsForHolders && !isRequest(now))
    return { key: 'announce.waitsForHolders', named };
  if (!before) return isRequest(now) ? { key: 'announce.request', named, count: now.fileCount } : needOf(now, named);
  // What waits for its user to act says so, and not that it paused.
  if (before.problem?.code !== now.problem?.code && needOf(now, named)) return needOf(now, named);
  if (before.status !== now.status) return turnOf(before, now, named);
  if (now.status === 'paused' && hasOtherReason(before, now)) return pausedWords(now, named);
  if (!isMoving(now)) return null;
  const passed = QUARTERS.findLast((quarter) => percentOf(before) < quarter && percentOf(now) >= quarter);
  return passed === undefined ? null : { key: 'announce.progress', named: { ...named, percent: passed } };
}

function hasOtherReason(before: TransferSnapshot, now: TransferSnapshot): boolean {
  return before.pausedBy !== now.pausedBy || before.pauseReason !== now.pauseReason;
}

const NEEDS: Partial<Record<ProblemCode, MessageKey>> = {
  'files-locked': 'announce.filesLocked',
  'folder-locked': 'announce.folderLocked',
  'files-needed': 'announce.filesNeeded',
  'files-differ': 'announce.filesDiffer',
  'files-changed': 'announce.filesChanged',
};

function needOf({ problem }: TransferSnapshot, named: Named): Phrase | null {
  const key = problem && NEEDS[problem.code];
  return key ? { key, named } : null;
}

const PAUSED: Record<PauseReason, { me: MessageKey; peer: MessageKey }> = {
  user: { me: 'announce.paused', peer: 'announce.pausedBy' },
  queue: { me: 'announce.queued', peer: 'announce.queuedBy' },
  space: { me: 'announce.full', peer: 'announce.fullBy' },
  files: { me: 'announce.filesNeeded', peer: 'announce.filesWantedBy' },
};

function pausedWords({ pausedBy = 'me', pauseReason = 'user' }: TransferSnapshot, named: Named): Phrase {
  return { key: PAUSED[pauseReason][pausedBy], named };
}

function turnOf(before: TransferSnapshot, now: TransferSnapshot, named: Named): Phrase | null {
  const isSend = now.direction === 'send';
  switch (now.status) {
    case 'serving':
    case 'fetching':
      if (before.status === 'announced') return { key: isSend ? 'announce.accepted' : 'announce.started', named };
      return { key: 'announce.continues', named };
    case 'paused':
      return pausedWords(now, named);
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
