// A search as people would say it: its words, and what narrows it.
import type { CatalogFilters } from '@ferry/shared';
import { sharingWords } from '../i18n/sharing-words.ts';
import { chipsOf } from '../model/catalog/question-chips.ts';
import { questionOfSearch } from '../model/catalog/saved-question.ts';
import { useChipWords } from './useChipWords.ts';
import { useLaterWords } from './useLaterWords.ts';

export function useSearchTitle(): (search: { query: string; filters?: CatalogFilters | undefined }) => string {
  const { t } = useLaterWords(sharingWords);
  const wordsOf = useChipWords();

  return (search) => {
    // What was typed stands among the words already.
    const chips = chipsOf(questionOfSearch(search, Date.now())).filter(({ type }) => type !== 'typed');
    const parts = [search.query.trim(), ...chips.map(wordsOf)].filter(Boolean);
    return parts.length > 0 ? parts.join(', ') : t('saved.everything');
  };
}
