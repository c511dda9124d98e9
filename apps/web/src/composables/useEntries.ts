// The files of a received bundle, read anew when the engine says that there may be others.
import { watchThrottled } from '@vueuse/core';
import { type MaybeRefOrGetter, type Ref, shallowRef, toValue } from 'vue';
import type { EntrySnapshot } from '../adapters/engine-contract.ts';
import { useTransfers } from '../stores/transfers.ts';

/** A bundle of thousands of files changes often while it arrives. */
const READ_EVERY_MS = 500;

export function useEntries(transferId: MaybeRefOrGetter<string>): Readonly<Ref<readonly EntrySnapshot[] | null>> {
  const transfers = useTransfers();
  const entries = shallowRef<readonly EntrySnapshot[] | null>(null);

  watchThrottled(
    [() => toValue(transferId), () => transfers.receivedRevision],
    async ([id]) => {
      entries.value = (await transfers.entries(id)).filter(({ verified }) => verified);
    },
    { throttle: READ_EVERY_MS, immediate: true },
  );
  return entries;
}
