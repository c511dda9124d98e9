// That something in the catalog changed. What changed, the server does not say.
import { defineStore } from 'pinia';
import { pacedChanges } from './paced-changes.ts';
import { useSession } from './session.ts';

export const useCatalogChanges = defineStore('catalog-changes', () => {
  const session = useSession();
  return pacedChanges((changed) => session.desk().catalog.watch(({ type }) => type === 'changed' && changed()));
});
