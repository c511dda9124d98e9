// Where a transfer stands, in words that say what happens next. Problems have words of their own.
import type { PauseReason, Route, TransferSnapshot } from '../../adapters/engine-contract.ts';
import type { MessageKey } from '../../i18n/message-key.ts';
import type { Phrase } from './phrase.ts';
import { filesNeededWords } from './problem-words.ts';

const ROUTES: Record<Route, MessageKey> = {
  lan: 'route.lan',
  direct: 'route.direct',
  relayed: 'route.relayed',
  offline: 'route.offline',
};

export function routeWords(route: Route): Phrase {
  return { key: ROUTES[route] };
}

/** Null while bytes move: the numbers say it all then. */
export function phaseWords(transfer: TransferSnapshot, isPeerOnline: boolean): Phrase | null {
  const { direction, status, peer } = transfer;
  const named = { name: peer.username };
  const isSend = direction === 'send';
  switch (status) {
    case 'announced':
      if (!isSend) return null;
      if (isPeerOnline) return { key: 'phase.waitingToAccept', named };
      return { key: transfer.survivesReload ? 'phase.asksWhenBack' : 'phase.asksWhenBackOrChoose', named };
    case 'fetching':
    case 'serving':
      return null;
    case 'paused':
      return pausedWords(transfer);
    case 'stalled':
      if (isPeerOnline) return { key: 'phase.reconnecting', named };
      return { key: transfer.survivesReload ? 'phase.continues' : 'phase.continuesOrChoose', named };
    case 'finishing':
      return { key: 'phase.checking' };
    case 'done':
      return { key: isSend ? 'phase.delivered' : 'phase.received', named };
    case 'declined':
      return { key: isSend ? 'phase.declinedBy' : 'phase.declined', named };
    case 'cancelled':
      return cancelledWords(transfer);
    case 'failed':
      return { key: 'phase.failed' };
  }
}

const PAUSED_BY_PEER: Record<PauseReason, MessageKey> = {
  user: 'phase.pausedBy',
  queue: 'phase.queuedBy',
  space: 'phase.fullBy',
  files: 'phase.filesWantedBy',
};

function pausedWords(transfer: TransferSnapshot): Phrase {
  const { pausedBy, pauseReason = 'user', peer, direction } = transfer;
  if (pausedBy === 'peer') return { key: PAUSED_BY_PEER[pauseReason], named: { name: peer.username } };
  switch (pauseReason) {
    case 'user':
      return { key: 'phase.paused' };
    case 'queue':
      return { key: 'phase.queued' };
    case 'space':
      return { key: 'problem.receive.storeFull' };
    case 'files':
      return direction === 'send' ? filesNeededWords(transfer) : { key: 'problem.receive.folderLocked' };
  }
}

function cancelledWords({ cancelledBy, peer }: TransferSnapshot): Phrase {
  if (cancelledBy === 'other-device') return { key: 'phase.otherDevice' };
  return cancelledBy === 'peer'
    ? { key: 'phase.cancelledBy', named: { name: peer.username } }
    : { key: 'phase.cancelled' };
}
