// Warns before the page is closed while files would have to be chosen again to go on, or while colleagues do not have
// enough of something yet. Whatever else the browser can open again, and whatever is received, goes on by itself.
import { useEventListener } from '@vueuse/core';
import { useTransfers } from '../stores/transfers.ts';
import { useUploads } from '../stores/uploads.ts';

export function useLeaveWarning(): void {
  const transfers = useTransfers();
  const uploads = useUploads();
  useEventListener(window, 'beforeunload', (event) => {
    const isSendLost = transfers.active.some(
      ({ direction, survivesReload }) => direction === 'send' && !survivesReload,
    );
    const isUnsafe = uploads.unsafe.some(({ status }) => status === 'spreading');
    if (isSendLost || isUnsafe) event.preventDefault();
  });
}
