// How entries of the catalog stand with me, from all that knows something about it.
import type { CatalogEntry } from '@ferry/shared';
import { computed } from 'vue';
import { type EntryStanding, standingOf } from '../model/catalog/entry-standing.ts';
import { useCatalogDownloads } from '../stores/catalog-downloads.ts';
import { useCatalogHeld } from '../stores/catalog-held.ts';
import { useTransfers } from '../stores/transfers.ts';
import { useCatalogPeople } from './useCatalogPeople.ts';

export function useEntryStanding(): (entry: CatalogEntry) => EntryStanding {
  const downloads = useCatalogDownloads();
  const held = useCatalogHeld();
  const transfers = useTransfers();
  const { availableFrom } = useCatalogPeople();
  const sharedHere = computed(() => new Set(transfers.shares.map(({ shareId }) => shareId)));

  return (entry) =>
    standingOf({
      isSharedHere: sharedHere.value.has(entry.shareId),
      transfer: downloads.transferOf(entry),
      held: held.of(entry.contentId),
      availableFrom: availableFrom(entry),
    });
}
