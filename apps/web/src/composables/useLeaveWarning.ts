// Warns before the page is closed while it is the only place files are sent from. What is received goes on after a
// reload, so it needs no warning.
import { useEventListener } from '@vueuse/core';
import { useTransfers } from '../stores/transfers.ts';

export function useLeaveWarning(): void {
  const transfers = useTransfers();
  useEventListener(window, 'beforeunload', (event) => {
    if (transfers.active.some(({ direction }) => direction === 'send')) event.preventDefault();
  });
}
