// Keeps the screen, and with it the transfer, from falling asleep while bytes move.
import { useWakeLock } from '@vueuse/core';
import { watch } from 'vue';
import { useTransfers } from '../stores/transfers.ts';
import { useUploads } from '../stores/uploads.ts';

export function useTransferWakeLock(): void {
  const transfers = useTransfers();
  const uploads = useUploads();
  const wakeLock = useWakeLock();

  watch(
    () => transfers.totals.movingCount > 0 || uploads.unsafe.some(({ status }) => status === 'spreading'),
    async (isMoving) => {
      // The browser may refuse, on a low battery for one; the transfer goes on as it can.
      await (isMoving ? wakeLock.request('screen') : wakeLock.release()).catch(() => {});
    },
  );
}
