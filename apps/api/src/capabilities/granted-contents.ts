// What of the wanted contents one device is asked for, and by which shares: as much as a capability has room for. Pure.
import { LIMITS } from '@ferry/shared';
import type { HeldByShares } from '../catalog/catalog-index.ts';

/** @param wanted content ids, as they are wanted; each is asked for once, by the first group that has it */
export function grantedContents(has: readonly HeldByShares[], wanted: readonly string[]): HeldByShares[] {
  const granted = new Map<HeldByShares, HeldByShares>();
  const groups = byContent(has);
  let shareNames = 0;
  let contentCount = 0;
  for (const contentId of new Set(wanted)) {
    const from = groups.get(contentId);
    if (!from || contentCount === LIMITS.catalogWantedContents) continue;
    const known = granted.get(from);
    if (!known && shareNames + from.shares.length > LIMITS.catalogWantedShareNames) continue;
    if (!known) shareNames += from.shares.length;
    const group = known ?? { shares: from.shares, contentIds: [] };
    group.contentIds.push(contentId);
    granted.set(from, group);
    contentCount++;
  }
  return [...granted.values()];
}

function byContent(has: readonly HeldByShares[]): Map<string, HeldByShares> {
  const groups = new Map<string, HeldByShares>();
  for (const group of has) for (const id of group.contentIds) if (!groups.has(id)) groups.set(id, group);
  return groups;
}
