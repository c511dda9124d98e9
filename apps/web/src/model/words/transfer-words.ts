// Where a transfer stands, in words that say what happens next. Problems have words of their own.
import type { PauseReason, TransferSnapshot } from '../../adapters/engine-contract.ts';
import type { TransferKey } from '../../i18n/transfer-words.ts';
import { fetchingWords, servingWords } from './catalog-transfer-words.ts';
import type { Phrase } from './phrase.ts';
import { filesNeededWords } from './problem-words.ts';
import { storeFetchWords } from './store-transfer-words.ts';

/** Null while bytes move: the numbers say it all then. */
export function phaseWords(transfer: TransferSnapshot, isPeerOnline: boolean): Phrase<TransferKey> | null {
  const { direction, status, peer } = transfer;
  const ofOrigin = originWords(transfer, isPeerOnline);
  if (ofOrigin) return ofOrigin;
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

/** Of what nobody has sent just now. */
function originWords(transfer: TransferSnapshot, isPeerOnline: boolean): Phrase<TransferKey> | null {
  if (transfer.origin === 'direct') return null;
  if (transfer.origin === 'store') return storeFetchWords(transfer);
  return (transfer.direction === 'send' ? servingWords : fetchingWords)(transfer, isPeerOnline);
}

const PAUSED_BY_PEER: Record<PauseReason, TransferKey> = {
  user: 'phase.pausedBy',
  queue: 'phase.queuedBy',
  space: 'phase.fullBy',
  files: 'phase.filesWantedBy',
};

function pausedWords(transfer: TransferSnapshot): Phrase<TransferKey> {
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

function cancelledWords({ cancelledBy, peer }: TransferSnapshot): Phrase<TransferKey> {
  if (cancelledBy === 'other-device') return { key: 'phase.otherDevice' };
  return cancelledBy === 'peer'
    ? { key: 'phase.cancelledBy', named: { name: peer.username } }
    : { key: 'phase.cancelled' };
}
