// Received bundles' room in this browser, and making room. The list itself comes with the engine's snapshots.
import { defineStore } from 'pinia';
import { shallowRef } from 'vue';
import type { StorageUse } from '../adapters/engine-contract.ts';
import { useSession } from './session.ts';
import { useTransfers } from './transfers.ts';

export const useReceived = defineStore('received', () => {
  const session = useSession();
  const transfers = useTransfers();
  const space = shallowRef<StorageUse | null>(null);

  async function measure(): Promise<void> {
    space.value = await session.desk().engine.storageUse();
  }

  async function clear(transferIds: readonly string[]): Promise<void> {
    await session.desk().engine.clearReceived([...transferIds]);
    await measure();
  }

  function clearAll(): Promise<void> {
    return clear(transfers.received.map(({ transferId }) => transferId));
  }

  return { space, measure, clear, clearAll };
});
