// Where a transfer of the catalog stands: nobody accepts it; it is asked for, waits in a queue, or for its owner. Null
// where the words of every transfer will do.
import type { SourceSnapshot, TransferSnapshot } from '../../adapters/engine-contract.ts';
import type { TransferKey } from '../../i18n/transfer-words.ts';
import { helpersOf, servingSources } from '../transfer/sources.ts';
import type { Phrase } from './phrase.ts';

type Words = Phrase<TransferKey> | null;

/** Of something that I fetch. */
export function fetchingWords(transfer: TransferSnapshot, isOwnerOnline: boolean): Words {
  switch (transfer.status) {
    case 'announced':
    case 'fetching':
    case 'stalled':
      return waitingWords(transfer, isOwnerOnline);
    case 'paused':
      return transfer.pausedBy === 'peer' ? pausedByOwnerWords(transfer) : null;
    case 'done': {
      const helpers = helpersOf(transfer);
      return helpers.length > 1 ? { key: 'fetch.receivedFrom', count: helpers.length } : null;
    }
    default:
      return null;
  }
}

function waitingWords(transfer: TransferSnapshot, isOwnerOnline: boolean): Words {
  const { sources, status, waitsForOwner, peer } = transfer;
  if (servingSources(transfer).length > 0) return null;
  if (waitsForOwner || (status === 'announced' && !isOwnerOnline && !sources.some(({ isOnline }) => isOnline)))
    return whenBackWords(transfer);
  const queued = queuedWords(transfer);
  if (queued) return queued;
  if (status === 'stalled') return isOwnerOnline ? null : whenBackWords(transfer);
  // While it is fetched, those who serve it may be unknown for a moment: that is not asking.
  if (status === 'fetching' && sources.length === 0) return null;
  const asked = sources.find((source) => source.status === 'asking');
  return { key: 'fetch.asking', named: { name: (asked?.user ?? peer).username } };
}

function whenBackWords({ sources, peer, doneBytes }: TransferSnapshot): Words {
  const hasBegun = doneBytes > 0;
  const userIds = new Set(sources.map(({ user }) => user.userId));
  if (userIds.size > 1) return { key: hasBegun ? 'fetch.goesOnWhenAny' : 'fetch.startsWhenAny' };
  return { key: hasBegun ? 'fetch.goesOnWhenBack' : 'fetch.startsWhenBack', named: { name: peer.username } };
}

/** Of several queues the shortest way. */
function queuedWords({ sources }: TransferSnapshot): Words {
  const first = sources.filter(isQueued).sort((a, b) => a.place.position - b.place.position)[0];
  if (!first) return null;
  return { key: 'fetch.queued', named: { place: first.place.position, name: first.user.username } };
}

function isQueued(source: SourceSnapshot): source is SourceSnapshot & { place: object } {
  return source.status === 'queued' && source.place !== undefined && source.place.position > 0;
}

function pausedByOwnerWords(transfer: TransferSnapshot): Words {
  const { pauseReason = 'user', peer } = transfer;
  if (pauseReason === 'files') return { key: 'problem.receive.ownerUnreadable', named: { name: peer.username } };
  return queuedWords(transfer) ?? { key: 'fetch.pausedByOwner', named: { name: peer.username } };
}

/** Of something that somebody fetches from me. */
export function servingWords({ status, pausedBy, pauseReason, peer }: TransferSnapshot, isPeerOnline: boolean): Words {
  const named = { name: peer.username };
  switch (status) {
    case 'announced':
      return { key: 'serve.waits', named };
    case 'paused':
      if (pausedBy === 'peer') return null;
      if (pauseReason === 'queue') return { key: 'serve.waits', named };
      return { key: pauseReason === 'files' ? 'problem.serve.filesLocked' : 'serve.paused', named };
    case 'stalled':
      return isPeerOnline ? null : { key: 'serve.goesOnWhenBack', named };
    case 'done':
      return { key: 'serve.done', named };
    default:
      return null;
  }
}
