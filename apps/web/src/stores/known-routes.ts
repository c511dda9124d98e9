// By which route each colleague was last reached since the page was opened, by user: a guess at how a download would
// travel, and no more.
import { defineStore } from 'pinia';
import { shallowRef, watch } from 'vue';
import type { Route } from '../adapters/engine-contract.ts';
import { useTransfers } from './transfers.ts';

export const useKnownRoutes = defineStore('known-routes', () => {
  const transfers = useTransfers();
  const known = shallowRef<ReadonlyMap<string, Route>>(new Map());

  watch(
    () => transfers.all,
    (all) => {
      const routes = new Map(known.value);
      for (const { peer, route, sources } of all) {
        if (route !== 'offline') routes.set(peer.userId, route);
        for (const source of sources) if (source.route !== 'offline') routes.set(source.user.userId, source.route);
      }
      const isNew = [...routes].some(([userId, route]) => known.value.get(userId) !== route);
      if (isNew) known.value = routes;
    },
    { immediate: true },
  );

  return { known };
});
