// The tab's icon as a ring that fills while bytes move.
import { onScopeDispose, watch } from 'vue';
import { useTransfers } from '../stores/transfers.ts';

export function useProgressIcon(): void {
  const transfers = useTransfers();
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const resting = link?.href ?? '';

  watch(
    () => transfers.totals.percent,
    (percent) => {
      if (link) link.href = percent === null ? resting : ringIcon(percent);
    },
  );
  onScopeDispose(() => {
    if (link) link.href = resting;
  });
}

/** Green that reads on light and dark tab strips alike. */
function ringIcon(percent: number): string {
  const circle = 'cx="16" cy="16" r="12" fill="none" stroke-width="6"';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle ${circle} stroke="#9fb8b1"/><circle ${circle} stroke="#149a81" pathLength="100" stroke-dasharray="${percent} 100" transform="rotate(-90 16 16)"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
