// The entry whose details are shown, and who has it, as the server says when it is asked.
import type { CatalogDetails, CatalogEntry, CatalogPlace } from '@ferry/shared';
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { ServerRefusal } from '../services.ts';
import { useSession } from './session.ts';

export const useCatalogDetails = defineStore('catalog-details', () => {
  const session = useSession();
  /** Null while nothing is shown. */
  const place = shallowRef<CatalogPlace | null>(null);
  /** As a list had it; null where it was asked for by its place alone. */
  const known = shallowRef<CatalogEntry | null>(null);
  /** Null until the server has told. */
  const details = shallowRef<CatalogDetails | null>(null);
  const refusal = shallowRef<ServerRefusal | null>(null);
  const entry = computed(() => details.value ?? known.value);
  let asking = new AbortController();

  function show(shown: CatalogPlace | CatalogEntry): void {
    place.value = { shareId: shown.shareId, path: shown.path };
    known.value = 'name' in shown ? shown : null;
    details.value = null;
    refusal.value = null;
    void refresh();
  }

  async function refresh(): Promise<void> {
    if (!place.value) return;
    asking.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      details.value = await session.desk().catalog.details(place.value, signal);
      refusal.value = null;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ServerRefusal)) throw error;
      refusal.value = error;
    }
  }

  function close(): void {
    asking.abort();
    place.value = null;
  }

  return { place, entry, details, refusal, show, refresh, close };
});
