// How far a share is on its way into the catalog, and whether it waits for its owner. Pure.
import type { ShareSnapshot, ShareStatus } from '../../adapters/catalog-contract.ts';

const NEEDS_ME: ReadonlySet<ShareStatus> = new Set(['locked', 'disconnected']);

/** Nobody can fetch it until its owner has done something. */
export function needsMe({ status }: ShareSnapshot): boolean {
  return NEEDS_ME.has(status);
}

/** Null where there is nothing to wait for, or nobody can know: how much a walk will find. */
export function sharePercent({ status, foundCount, publishedCount, verifiedCount }: ShareSnapshot): number | null {
  if (status === 'publishing') return percent(publishedCount, foundCount);
  if (status === 'listed' && verifiedCount < publishedCount) return percent(verifiedCount, publishedCount);
  return null;
}

/** Never 100 before the end. */
function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.min(99, Math.floor((part / whole) * 100));
}
