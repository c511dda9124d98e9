// Tells when something new matches a search that is kept: on whatever page, by a short message, and, while nobody looks,
// by a notification where those are allowed. Draws nothing; loads once the page is at rest.
import type { CatalogEvent } from '@ferry/shared';
import { useDocumentVisibility } from '@vueuse/core';
import { defineComponent, onMounted, onUnmounted, watch } from 'vue';
import { type LocationQueryRaw, useRouter } from 'vue-router';
import { useLaterWords } from '../../composables/useLaterWords.ts';
import { useSearchTitle } from '../../composables/useSearchTitle.ts';
import { sharingWords } from '../../i18n/sharing-words.ts';
import { addressQueryOf } from '../../model/catalog/question-address.ts';
import { questionOfSearch } from '../../model/catalog/saved-question.ts';
import { type NewMatches, useSavedSearches } from '../../stores/saved-searches.ts';
import { useSession } from '../../stores/session.ts';
import { useToasts } from '../../stores/toasts.ts';

/** Whoever keeps no search is not told of one that is kept on another device: asked when somebody comes back after that. */
const ASKED_AGAIN_MS = 60_000;

export default defineComponent(() => {
  const session = useSession();
  const saved = useSavedSearches();
  const toasts = useToasts();
  const router = useRouter();
  const visibility = useDocumentVisibility();
  const { t } = useLaterWords(sharingWords);
  const titleOf = useSearchTitle();
  let stop = () => {};
  let askedMs = 0;

  // Whoever keeps no search needs no subscription; of one that is kept in another tab, that tab tells.
  watch(() => saved.searches.length === 0, listen);
  watch(visibility, (state) => {
    const isLongAgo = performance.now() - askedMs > ASKED_AGAIN_MS;
    if (state === 'visible' && saved.searches.length === 0 && isLongAgo) load();
  });
  onMounted(() => {
    listen(saved.searches.length === 0);
    load();
  });
  onUnmounted(() => stop());

  function listen(onlyOverhears: boolean): void {
    stop();
    stop = session.desk().catalog.watch(heard, { onlyOverhears });
  }
  function heard(event: CatalogEvent): void {
    if (event.type === 'new-matches') void told(event);
  }
  /** Without an answer there is nothing to show now; the next event asks again. */
  function load(): void {
    askedMs = performance.now();
    void saved.load().catch(() => {});
  }

  async function told(event: NewMatches): Promise<void> {
    await saved.take(event).catch(() => {});
    const search = saved.searches.find(({ savedSearchId }) => savedSearchId === event.savedSearchId) ?? event;
    const text = t('saved.notice', { search: titleOf(search) });
    const { firstName, newCount } = event;
    const body = t('saved.noticeBody', { name: firstName, more: newCount - 1 }, Math.min(newCount, 2));
    if (visibility.value === 'hidden') notify(text, body, event);
    else toasts.show({ tone: 'plain', text, body, action: { label: t('saved.show'), run: () => show(event) } });
  }

  function notify(text: string, body: string, event: NewMatches): void {
    if (!('Notification' in window) || Notification.permission !== 'granted') return;
    try {
      // Several tabs say it; the same tag makes it one.
      const notification = new Notification(text, { body, tag: event.savedSearchId, icon: '/favicon.svg' });
      notification.onclick = () => {
        window.focus();
        notification.close();
        show(event);
      };
    } catch {
      // Android's browsers only let service workers notify; the count beside "Catalog" must do there.
    }
  }

  function show({ savedSearchId, query }: NewMatches): void {
    const search = saved.searches.find((known) => known.savedSearchId === savedSearchId) ?? { query };
    const address: LocationQueryRaw = addressQueryOf(questionOfSearch(search, Date.now()));
    void router.push({ path: '/catalog', query: address });
    void saved.opened(savedSearchId).catch(() => {});
  }

  return () => null;
});
