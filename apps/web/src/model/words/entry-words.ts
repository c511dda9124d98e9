// What is good to know of an entry of the catalog before fetching it, in a few words.
import type { CatalogEntry } from '@ferry/shared';
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
      return standing.transfer.status === 'paused' ? { key: 'catalog.row.queued' } : null;
    case 'away':
      return { key: 'catalog.row.whenBack' };
    case 'available':
      return sourceCount > 1 ? { key: 'catalog.row.sources', count: sourceCount } : null;
  }
}
