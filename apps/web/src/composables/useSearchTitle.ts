// A search as people would say it: its words, and what narrows it.
import type { CatalogFilters } from '@ferry/shared';
import { catalogWords } from '../i18n/catalog-words.ts';
import { sharingWords } from '../i18n/sharing-words.ts';
import { type Chip, chipsOf } from '../model/catalog/question-chips.ts';
import { questionOfSearch } from '../model/catalog/saved-question.ts';
import { useCatalogPeople } from './useCatalogPeople.ts';
import { useFormat } from './useFormat.ts';
import { useLaterWords } from './useLaterWords.ts';

export function useSearchTitle(): (search: { query: string; filters?: CatalogFilters | undefined }) => string {
  const { t } = useLaterWords(catalogWords);
  const { t: tSharing } = useLaterWords(sharingWords);
  const { bytes } = useFormat();
  const { nameOf } = useCatalogPeople();

  function chipWords(chip: Chip): string | null {
    switch (chip.type) {
      case 'kind':
        return t(`catalog.kind.${chip.kind}`);
      case 'owner':
        return t('catalog.filter.from', { name: nameOf(chip.ownerId) });
      case 'min':
      case 'max':
        return t(`catalog.filter.${chip.type}`, { size: bytes(chip.bytes) });
      case 'age':
        return t(`catalog.age.${chip.age}`);
      case 'available':
        return t('catalog.filter.available');
      case 'typed':
        // It stands among the words.
        return null;
    }
  }

  return (search) => {
    const chips = chipsOf(questionOfSearch(search, Date.now())).map(chipWords);
    const parts = [search.query.trim(), ...chips].filter(Boolean);
    return parts.length > 0 ? parts.join(', ') : tSharing('saved.everything');
  };
}
