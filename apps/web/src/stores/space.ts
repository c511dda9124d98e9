// The room that this browser gives to others, as the engine says, and the commands to it.
import { defineStore } from 'pinia';
import { computed } from 'vue';
import { useSession } from './session.ts';
import { useTransfers } from './transfers.ts';

export const useSpace = defineStore('space', () => {
  const session = useSession();
  const transfers = useTransfers();
  const snapshot = computed(() => transfers.store.space);
  /** Until then there is nothing to ask about. */
  const isMeasured = computed(() => snapshot.value.estimateBytes > 0);
  return {
    snapshot,
    isMeasured,
    set: (offeredBytes: number) => session.desk().engine.store.setSpace(offeredBytes),
    wipe: () => session.desk().engine.store.wipeSpace(),
  };
});
