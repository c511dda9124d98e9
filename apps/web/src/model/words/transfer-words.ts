// Where a transfer stands, in words that say what happens next. Problems have words of their own.
import type { Route, TransferSnapshot } from '../../adapters/engine-contract.ts';
import type { MessageKey } from '../../i18n/message-key.ts';
import type { Phrase } from './phrase.ts';

const ROUTES: Record<Route, MessageKey> = {
  lan: 'route.lan',
  direct: 'route.direct',
  relayed: 'route.relayed',
  offline: 'route.offline',
};
const EXPLAINED: Record<Route, MessageKey> = {
  lan: 'route.explained.lan',
  direct: 'route.explained.direct',
  relayed: 'route.explained.relayed',
  offline: 'route.explained.offline',
};

export function routeWords(route: Route): Phrase {
  return { key: ROUTES[route] };
}

export function routeExplanation(route: Route): Phrase {
  return { key: EXPLAINED[route] };
}

/** Null while bytes move: the numbers say it all then. */
export function phaseWords(transfer: TransferSnapshot, isPeerOnline: boolean): Phrase | null {
  const { direction, status, peer } = transfer;
  const named = { name: peer.username };
  const isSend = direction === 'send';
  switch (status) {
    case 'announced':
      if (!isSend) return null;
      return { key: isPeerOnline ? 'phase.waitingToAccept' : 'phase.asksWhenBack', named };
    case 'fetching':
    case 'serving':
      return null;
    case 'paused':
      return transfer.pausedBy === 'peer' ? { key: 'phase.pausedBy', named } : { key: 'phase.paused' };
    case 'stalled':
      if (isPeerOnline) return { key: 'phase.reconnecting', named };
      return { key: isSend ? 'phase.continuesWhileOpen' : 'phase.continues', named };
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

function cancelledWords({ cancelledBy, peer }: TransferSnapshot): Phrase {
  if (cancelledBy === 'other-device') return { key: 'phase.otherDevice' };
  return cancelledBy === 'peer'
    ? { key: 'phase.cancelledBy', named: { name: peer.username } }
    : { key: 'phase.cancelled' };
}
