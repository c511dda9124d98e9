// What is good to know of an entry of the catalog before fetching it, in a few words.
import type { CatalogEntry } from '@ferry/shared';
import type { TransferSnapshot } from '../../adapters/engine-contract.ts';
import type { CatalogKey } from '../../i18n/catalog-words.ts';
import type { EntryStanding } from '../catalog/entry-standing.ts';
import type { Phrase } from './phrase.ts';

/** Null where there is nothing to say: one owner, and online. */
export function standingWords(
  standing: EntryStanding,
  { sourceCount }: Pick<CatalogEntry, 'sourceCount'>,
  owner: string,
): Phrase<CatalogKey> | null {
  switch (standing.type) {
    case 'mine':
      return { key: 'catalog.row.share' };
    case 'held':
      return { key: standing.held.type === 'shared' ? 'catalog.row.share' : 'catalog.row.have' };
    case 'fetching':
      if (standing.transfer.waitsForOwner) return { key: 'catalog.row.waits', named: { name: owner } };
      return pausedWords(standing.transfer);
    case 'away':
      return { key: 'catalog.row.whenBack' };
    case 'passed-on':
      return { key: 'catalog.row.passedOn' };
    case 'available':
      return sourceCount > 1 ? { key: 'catalog.row.sources', count: sourceCount } : null;
  }
}

/** Only what its user has stopped is called paused: the rest goes on by itself. */
function pausedWords({ status, pausedBy, pauseReason }: TransferSnapshot): Phrase<CatalogKey> | null {
  if (status !== 'paused') return null;
  return { key: pausedBy === 'me' && pauseReason === 'user' ? 'catalog.row.paused' : 'catalog.row.queued' };
}
