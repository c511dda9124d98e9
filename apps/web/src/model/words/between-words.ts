// Between whom a transfer is, for the line under its title.
import type { TransferSnapshot } from '../../adapters/engine-contract.ts';
import type { TransferKey } from '../../i18n/transfer-words.ts';
import { giversOf, peopleOf, servingSources } from '../transfer/sources.ts';
import { isMoving, isServed } from '../transfer/transfer-kind.ts';
import type { Phrase } from './phrase.ts';

export function betweenWords(transfer: TransferSnapshot): Phrase<TransferKey> {
  const { direction, peer } = transfer;
  const named = { name: peer.username };
  if (isServed(transfer)) return { key: isMoving(transfer) ? 'serve.fetches' : 'serve.for', named };
  if (transfer.stored?.kind === 'delivery') return { key: 'stored.fromSender', named };
  if (direction === 'send') return { key: 'transfer.to', named };
  const serving = peopleOf(servingSources(transfer));
  const [giver, ...others] = serving.length > 0 ? serving : giversOf(transfer);
  if (!giver && transfer.origin === 'store') return { key: 'stored.from' };
  const first = giver ?? peer;
  const from = { name: first.username };
  return others.length > 0
    ? { key: 'fetch.from', named: from, count: others.length }
    : { key: 'transfer.from', named: from };
}
