// That something in the Store changed: a file, who keeps it, or who of them is online.
import { defineStore } from 'pinia';
import { pacedChanges } from './paced-changes.ts';
import { useSession } from './session.ts';

export const useStoreChanges = defineStore('store-changes', () => {
  const session = useSession();
  return pacedChanges((changed) => session.desk().store.watch(changed));
});
