// Where a transfer of the catalog stands: nobody accepts it; it is asked for, waits in a queue, or for its owner. Null
// where the words of every transfer will do.
import type { RefusalReason, SourceSnapshot, TransferSnapshot } from '../../adapters/engine-contract.ts';
import type { TransferKey } from '../../i18n/transfer-words.ts';
import { giversOf, servingSources } from '../transfer/sources.ts';
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
    case 'done':
      return receivedWords(transfer);
    default:
      return null;
  }
}

/** Null when nobody gave anything, as of an empty file: then its owner told all there is. */
function receivedWords(transfer: TransferSnapshot): Words {
  const [first, ...others] = giversOf(transfer);
  if (!first) return null;
  const named = { name: first.username };
  return others.length > 0
    ? { key: 'fetch.receivedFrom', named, count: others.length }
    : { key: 'phase.received', named };
}

function waitingWords(transfer: TransferSnapshot, isOwnerOnline: boolean): Words {
  const { sources, status, waitsForOwner, peer } = transfer;
  if (servingSources(transfer).length > 0) return null;
  if (waitsForOwner || (status === 'announced' && !isOwnerOnline && !sources.some(({ isOnline }) => isOnline)))
    return whenBackWords(transfer);
  const waits = queuedWords(transfer) ?? refusedWords(transfer);
  if (waits) return waits;
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

/** Unless somebody else is being asked now. */
function refusedWords({ sources, peer }: TransferSnapshot): Words {
  if (sources.some(({ status }) => status === 'asking')) return null;
  const { user = peer, isOwner, refusal } = sources.find((source) => source.refusal) ?? {};
  // What a colleague does not have, others have: only its owner's word counts.
  if (!refusal || (refusal === 'not-found' && !isOwner)) return null;
  return { key: REFUSALS[refusal], named: { name: user.username } };
}

const REFUSALS: Record<RefusalReason, TransferKey> = {
  'not-found': 'fetch.refused.notFound',
  expired: 'fetch.refused.expired',
  'queue-full': 'fetch.refused.queueFull',
  unreadable: 'problem.receive.ownerUnreadable',
};

function isQueued(source: SourceSnapshot): source is SourceSnapshot & { place: object } {
  return source.status === 'queued' && source.place !== undefined && source.place.position > 0;
}

function pausedByOwnerWords(transfer: TransferSnapshot): Words {
  const { pauseReason = 'user', peer, sources } = transfer;
  const { user } = sources.find(({ status }) => status === 'paused' || status === 'queued') ?? { user: peer };
  const named = { name: user.username };
  if (pauseReason === 'files') return { key: 'problem.receive.ownerUnreadable', named };
  if (pauseReason === 'queue') return queuedWords(transfer) ?? { key: 'phase.queuedBy', named };
  return { key: 'fetch.pausedByOwner', named };
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
