// Between whom a transfer is, for the line under its title.
import type { TransferSnapshot } from '../../adapters/engine-contract.ts';
import type { TransferKey } from '../../i18n/transfer-words.ts';
import { peopleOf, servingSources } from '../transfer/sources.ts';
import { isMoving, isServed } from '../transfer/transfer-kind.ts';
import type { Phrase } from './phrase.ts';

export function betweenWords(transfer: TransferSnapshot): Phrase<TransferKey> {
  const { direction, peer } = transfer;
  const named = { name: peer.username };
  if (isServed(transfer)) return { key: isMoving(transfer) ? 'serve.fetches' : 'serve.for', named };
  if (direction === 'send') return { key: 'transfer.to', named };
  const [first, ...others] = peopleOf(servingSources(transfer));
  if (others.length > 0) return { key: 'fetch.from', count: others.length + 1 };
  return { key: 'transfer.from', named: first ? { name: first.username } : named };
}
