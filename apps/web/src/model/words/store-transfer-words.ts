// Where a transfer from the Store stands: it comes in pieces from those who keep them, and waits for as many of them as are
// needed. Null where the words of every transfer will do.
import type { ProblemCode, TransferSnapshot } from '../../adapters/engine-contract.ts';
import type { TransferKey } from '../../i18n/transfer-words.ts';
import { servingSources } from '../transfer/sources.ts';
import type { Phrase } from './phrase.ts';

type Words = Phrase<TransferKey> | null;

export function storeFetchWords(transfer: TransferSnapshot): Words {
  const { status, stored } = transfer;
  switch (status) {
    case 'announced':
      return waitingWords(transfer) ?? { key: 'stored.asking' };
    case 'fetching':
      return waitingWords(transfer);
    case 'stalled':
      return waitingWords(transfer) ?? { key: 'stored.reconnecting' };
    case 'finishing':
      return { key: 'stored.checking' };
    case 'done':
      return stored?.kind === 'delivery' ? null : { key: 'stored.received' };
    default:
      return null;
  }
}

function waitingWords(transfer: TransferSnapshot): Words {
  const { waitsForHolders, doneBytes } = transfer;
  if (!waitsForHolders || servingSources(transfer).length >= waitsForHolders.needed) return null;
  return { key: doneBytes > 0 ? 'stored.goesOn' : 'stored.starts', named: { ...waitsForHolders } };
}

/** Nobody sent it just now, so nobody can be asked to do that again at once. */
export const STORE_PROBLEMS: Partial<Record<ProblemCode, TransferKey>> = {
  'no-sources': 'problem.stored.noSources',
  'chunk-corrupt': 'problem.stored.chunkCorrupt',
  'manifest-invalid': 'problem.stored.manifestInvalid',
  protocol: 'problem.stored.manifestInvalid',
};
