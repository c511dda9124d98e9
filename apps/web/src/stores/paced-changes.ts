// That something changed at the server, as a number that grows: not more often than people can follow, and not while
// nobody looks. Knows nothing of what changes.
import { useDocumentVisibility, useThrottleFn } from '@vueuse/core';
import { type Ref, ref, watch } from 'vue';

const AT_MOST_EVERY_MS = 2000;

interface PacedChanges {
  revision: Readonly<Ref<number>>;
  /** Returns how to stop. */
  listen(): () => void;
}

/** @param watchServer calls back on every change; returns how to stop */
export function pacedChanges(watchServer: (changed: () => void) => () => void): PacedChanges {
  const visibility = useDocumentVisibility();
  const revision = ref(0);
  let isMissed = false;

  const tell = useThrottleFn(() => revision.value++, AT_MOST_EVERY_MS, true);

  watch(visibility, (state) => {
    if (state !== 'visible' || !isMissed) return;
    isMissed = false;
    void tell();
  });

  const listen = () =>
    watchServer(() => {
      if (visibility.value === 'visible') void tell();
      else isMissed = true;
    });
  return { revision, listen };
}
