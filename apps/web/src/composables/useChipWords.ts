// One chip of a question in words, wherever it is shown.
import { catalogWords } from '../i18n/catalog-words.ts';
import type { Chip } from '../model/catalog/question-chips.ts';
import { useCatalogPeople } from './useCatalogPeople.ts';
import { useFormat } from './useFormat.ts';
import { useLaterWords } from './useLaterWords.ts';

export function useChipWords(): (chip: Chip) => string {
  const { t } = useLaterWords(catalogWords);
  const { bytes } = useFormat();
  const { nameOf } = useCatalogPeople();

  return (chip) => {
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
        return chip.part;
    }
  };
}
