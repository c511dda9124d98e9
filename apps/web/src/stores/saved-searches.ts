// The searches that I keep, and how much is new in each. The server counts; this asks once, and listens from then on.
import type { CatalogEvent, CatalogFilters, SavedSearch } from '@ferry/shared';
import { defineStore } from 'pinia';
import { shallowRef, watch } from 'vue';
import { isSameSearch } from '../model/catalog/saved-question.ts';
import { useCatalogNews } from './catalog-news.ts';
import { useSession } from './session.ts';

export type NewMatches = Extract<CatalogEvent, { type: 'new-matches' }>;

export const useSavedSearches = defineStore('saved-searches', () => {
  const session = useSession();
  const news = useCatalogNews();
  const searches = shallowRef<readonly SavedSearch[]>([]);
  const isKnown = shallowRef(false);
  const server = () => session.desk().catalog;

  watch(searches, (now) => {
    news.newCount = now.reduce((sum, { newCount }) => sum + newCount, 0);
  });

  async function load(): Promise<void> {
    searches.value = await server().savedSearches();
    isKnown.value = true;
  }

  async function save(query: string, filters?: CatalogFilters): Promise<SavedSearch> {
    const savedSearchId = crypto.randomUUID();
    const saved = await server().saveSearch({ savedSearchId, query, ...(filters && { filters }) });
    searches.value = [saved, ...searches.value];
    return saved;
  }

  async function remove(savedSearchId: string): Promise<void> {
    await server().removeSavedSearch(savedSearchId);
    searches.value = searches.value.filter((search) => search.savedSearchId !== savedSearchId);
  }

  /** What is new in it has been seen. */
  async function opened(savedSearchId: string): Promise<void> {
    count(savedSearchId, 0);
    await server().savedSearchOpened(savedSearchId);
  }

  /** Made in another tab, or on another device, it is not known here yet. */
  async function take({ savedSearchId, newCount }: NewMatches): Promise<void> {
    if (searches.value.some((search) => search.savedSearchId === savedSearchId)) count(savedSearchId, newCount);
    else await load();
  }

  function count(savedSearchId: string, newCount: number): void {
    searches.value = searches.value.map((search) =>
      search.savedSearchId === savedSearchId ? { ...search, newCount } : search,
    );
  }

  function find(query: string, filters?: CatalogFilters): SavedSearch | undefined {
    return searches.value.find((search) => isSameSearch(search, { query, filters }));
  }

  return { searches, isKnown, load, save, remove, opened, take, find };
});
