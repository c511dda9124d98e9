// Keeping, opening and deleting searches from a click, with words for how it went.
import type { CatalogFilters, SavedSearch } from '@ferry/shared';
import { sharingWords } from '../i18n/sharing-words.ts';
import { useAnnouncer } from '../stores/announcer.ts';
import { useSavedSearches } from '../stores/saved-searches.ts';
import { useToasts } from '../stores/toasts.ts';
import { useLaterWords } from './useLaterWords.ts';
import { useNotificationOffer } from './useNotificationOffer.ts';
import { useSearchTitle } from './useSearchTitle.ts';
import { useServerAttempt } from './useServerAttempt.ts';

export function useSavedSearchCommands() {
  const saved = useSavedSearches();
  const toasts = useToasts();
  const announcer = useAnnouncer();
  const { t } = useLaterWords(sharingWords);
  const attempt = useServerAttempt();
  const { offer } = useNotificationOffer();
  const titleOf = useSearchTitle();

  async function save(query: string, filters?: CatalogFilters): Promise<void> {
    if (!(await attempt(() => saved.save(query, filters)))) return;
    toasts.show({ tone: 'success', text: t('saved.kept', { search: titleOf({ query, filters }) }) });
    offer();
  }

  async function remove(search: SavedSearch): Promise<void> {
    if (await attempt(() => saved.remove(search.savedSearchId)))
      announcer.say(t('saved.removed', { search: titleOf(search) }));
  }

  async function open(search: SavedSearch): Promise<void> {
    if (search.newCount > 0) await attempt(() => saved.opened(search.savedSearchId));
  }

  return { save, remove, open };
}
