// The stored file that is shown, and who keeps it, as the server says when it is asked.
import type { StoredDetails } from '@ferry/shared';
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { ServerRefusal } from '../services.ts';
import { useSession } from './session.ts';

export const useStoredDetails = defineStore('stored-details', () => {
  const session = useSession();
  /** Null while nothing is shown. */
  const versionId = shallowRef<string | null>(null);
  /** Null until the server has told. */
  const details = shallowRef<StoredDetails | null>(null);
  const refusal = shallowRef<ServerRefusal | null>(null);
  let asking = new AbortController();

  async function show(shown: string | null): Promise<void> {
    if (shown === versionId.value) return;
    versionId.value = shown;
    details.value = null;
    refusal.value = null;
    await refresh();
  }

  async function refresh(): Promise<void> {
    asking.abort();
    if (versionId.value === null) return;
    asking = new AbortController();
    const { signal } = asking;
    try {
      const told = await session.desk().store.details(versionId.value, signal);
      signal.throwIfAborted();
      details.value = told;
      refusal.value = null;
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof ServerRefusal)) throw error;
      // What was known is of no use for something that is gone.
      if (error.code === 'not-found' || error.code === 'version-gone') details.value = null;
      refusal.value = error;
    }
  }

  return { versionId, details, refusal, show, refresh };
});
