// That something in the catalog changed, as a number that grows: not more often than people can follow, and not while
// nobody looks. What changed, the server does not say.
import { useDocumentVisibility, useThrottleFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import { useSession } from './session.ts';

const AT_MOST_EVERY_MS = 2000;

export const useCatalogChanges = defineStore('catalog-changes', () => {
  const session = useSession();
  const visibility = useDocumentVisibility();
  const revision = ref(0);
  let isMissed = false;

  const tell = useThrottleFn(() => revision.value++, AT_MOST_EVERY_MS, true);

  watch(visibility, (state) => {
    if (state !== 'visible' || !isMissed) return;
    isMissed = false;
    void tell();
  });

  /** Returns how to stop. */
  function listen(): () => void {
    return session.desk().catalog.watch(({ type }) => {
      if (type !== 'changed') return;
      if (visibility.value === 'visible') void tell();
      else isMissed = true;
    });
  }

  return { revision, listen };
});
