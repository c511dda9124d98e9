// Warns before the page is closed while files would have to be chosen again to go on. Whatever the browser can open
// again, and whatever is received, goes on by itself, so it needs no warning.
import { useEventListener } from '@vueuse/core';
import { useTransfers } from '../stores/transfers.ts';

export function useLeaveWarning(): void {
  const transfers = useTransfers();
  useEventListener(window, 'beforeunload', (event) => {
    if (transfers.active.some(({ direction, survivesReload }) => direction === 'send' && !survivesReload))
      event.preventDefault();
  });
}
