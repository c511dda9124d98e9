// What the versions are called that this browser keeps pieces of, and whose they are: the server tells it of those that are
// for everybody. What a version is does not change, so it is asked once.
import type { StoredDetails } from '@ferry/shared';
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import { useSession } from './session.ts';

type KeptName = Pick<StoredDetails, 'versionId' | 'name' | 'owner'>;

export const useKeptNames = defineStore('kept-names', () => {
  const session = useSession();
  /** Null: only its recipient may know. */
  const known = shallowRef<ReadonlyMap<string, KeptName | null>>(new Map());

  async function learn(versionIds: readonly string[]): Promise<void> {
    for (const versionId of versionIds.filter((id) => !known.value.has(id))) {
      const name = await session
        .desk()
        .store.details(versionId)
        .catch(() => null);
      known.value = new Map(known.value).set(versionId, name);
    }
  }

  return { known, learn };
});
