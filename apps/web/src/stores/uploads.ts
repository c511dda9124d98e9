// What this browser stores and delivers, as the engine says, and the commands to it. One that is safe needs nobody's
// attention: it is shown as long as somebody may be waiting for it, and no longer than they like.
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { StoreCommands } from '../adapters/store-contract.ts';
import { useSession } from './session.ts';
import { useTransfers } from './transfers.ts';

export const useUploads = defineStore('uploads', () => {
  const session = useSession();
  const transfers = useTransfers();
  const hidden = ref<ReadonlySet<string>>(new Set());
  /** Seen before they were safe, since the page was opened. */
  const awaited = shallowRef<ReadonlySet<string>>(new Set());

  const all = computed(() => transfers.store.uploads);
  watch(
    all,
    (uploads) => {
      const found = uploads.filter(({ versionId, isSafeToClose }) => !isSafeToClose && !awaited.value.has(versionId));
      if (found.length > 0) awaited.value = new Set([...awaited.value, ...found.map(({ versionId }) => versionId)]);
    },
    { immediate: true },
  );
  const shown = computed(() =>
    all.value.filter(
      ({ versionId, isSafeToClose }) =>
        !hidden.value.has(versionId) && (!isSafeToClose || awaited.value.has(versionId)),
    ),
  );
  const files = computed(() => shown.value.filter(({ kind }) => kind === 'file'));
  const deliveries = computed(() => shown.value.filter(({ kind }) => kind === 'delivery'));
  /** Lost if this page were closed now. */
  const unsafe = computed(() => all.value.filter(({ isSafeToClose, status }) => !isSafeToClose && status !== 'failed'));
  const isUploading = (versionId: string) => unsafe.value.some((upload) => upload.versionId === versionId);

  /** The engine goes on helping; it is only out of sight. */
  function hide(versionId: string): void {
    hidden.value = new Set([...hidden.value, versionId]);
  }

  /** Ends it, and has deleted what colleagues keep of it already. */
  async function stop(versionId: string): Promise<void> {
    const { engine, store } = session.desk();
    await engine.store.forgetUpload(versionId);
    await store.remove(versionId);
  }

  const engine = (): StoreCommands => session.desk().engine.store;
  return {
    all,
    files,
    deliveries,
    unsafe,
    isUploading,
    hide,
    stop,
    add: (...asked: Parameters<StoreCommands['add']>) => engine().add(...asked),
    pause: (versionId: string) => engine().pauseUpload(versionId),
    resume: (versionId: string) => engine().resumeUpload(versionId),
    forget: (versionId: string) => engine().forgetUpload(versionId),
    lockedHandles: (versionId: string) => engine().lockedHandles(versionId),
    unlock: (versionId: string) => engine().unlock(versionId),
    supplyFile: (...supplied: Parameters<StoreCommands['supplyFile']>) => engine().supplyFile(...supplied),
  };
});
