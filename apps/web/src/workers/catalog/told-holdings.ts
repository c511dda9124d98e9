// What is held, as the server is told it: contents that came from the same shares together, no more than fit one request.
// Pure; the same for the same contents in whatever order.
import { type Holding, LIMITS } from '@ferry/shared';
import type { PassedOn } from './held-contents.ts';

/** @param contents those that matter most first */
export function toHoldings(contents: readonly PassedOn[]): Holding[] {
  const groups = new Map<string, Holding>();
  let shareNames = 0;
  let contentCount = 0;
  for (const { contentId, shares } of contents) {
    if (contentCount === LIMITS.catalogHoldings) break;
    const names = shares.map(({ shareId, userId }): [string, string] => [shareId, userId]).sort();
    const known = groups.get(names.join());
    if (!known && shareNames + names.length > LIMITS.catalogHoldingShareNames) continue;
    if (!known) shareNames += names.length;
    const group = known ?? { shares: names, contentIds: [] };
    group.contentIds.push(contentId);
    groups.set(names.join(), group);
    contentCount++;
  }
  const keys = [...groups.keys()].sort();
  return keys.map((key) => ({ ...groups.get(key)!, contentIds: groups.get(key)!.contentIds.sort() }));
}
