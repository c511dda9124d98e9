// The chips of a question, and the choices of its filters, in words.
import { catalogKindSchema } from '@ferry/shared';
import { computed } from 'vue';
import { catalogWords } from '../i18n/catalog-words.ts';
import { AGES, type CatalogQuestion } from '../model/catalog/catalog-question.ts';
import { chipKey, chipsOf } from '../model/catalog/question-chips.ts';
import { useCatalogOwners } from '../stores/catalog-owners.ts';
import { useCatalogPeople } from './useCatalogPeople.ts';
import { useChipWords } from './useChipWords.ts';
import { useFormat } from './useFormat.ts';
import { useLaterWords } from './useLaterWords.ts';

/** Bounds that people think in. */
const SIZES = [1e6, 10e6, 100e6, 1e9];

export function useQuestionChips(question: () => CatalogQuestion) {
  const { t } = useLaterWords(catalogWords);
  const { bytes } = useFormat();
  const { nameOf } = useCatalogPeople();
  const owners = useCatalogOwners();
  const wordsOf = useChipWords();

  const chips = computed(() => chipsOf(question()).map((chip) => ({ chip, key: chipKey(chip), words: wordsOf(chip) })));
  const kinds = computed(() =>
    catalogKindSchema.options.map((value) => ({ value, label: t(`catalog.kind.${value}`) })),
  );
  const ages = computed(() => AGES.map((value) => ({ value, label: t(`catalog.age.${value}`) })));
  const sizes = computed(() => [
    { value: `max:${SIZES[0]}`, label: t('catalog.filter.max', { size: bytes(SIZES[0]!) }) },
    ...SIZES.map((size) => ({ value: `min:${size}`, label: t('catalog.filter.min', { size: bytes(size) }) })),
  ]);
  const people = computed(() => owners.owners.map(({ userId }) => ({ value: userId, label: nameOf(userId) })));

  return { chips, kinds, ages, sizes, people };
}
