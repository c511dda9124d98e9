// Who shares something with me, and what. Asked once and then again when something changes.
import type { CatalogOwner, CatalogShare } from '@ferry/shared';
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { useSession } from './session.ts';

export const useCatalogOwners = defineStore('catalog-owners', () => {
  const session = useSession();
  /** Null until the server has told. */
  const told = shallowRef<readonly CatalogOwner[] | null>(null);
  const sharesByOwner = shallowRef<ReadonlyMap<string, readonly CatalogShare[]>>(new Map());

  const owners = computed(() => [...(told.value ?? [])].sort((a, b) => b.updatedAt - a.updatedAt));
  const isKnown = computed(() => told.value !== null);

  async function load(): Promise<void> {
    told.value = await session.desk().catalog.owners();
  }

  async function loadShares(userId: string): Promise<void> {
    const shares = await session.desk().catalog.sharesOf(userId);
    sharesByOwner.value = new Map(sharesByOwner.value).set(userId, shares);
  }

  async function refresh(): Promise<void> {
    await Promise.all([load(), ...[...sharesByOwner.value.keys()].map(loadShares)]);
  }

  return { owners, isKnown, sharesByOwner, load, loadShares, refresh };
});
