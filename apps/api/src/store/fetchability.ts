// What can be restored now: "6 of the 4 needed are online", for the group of a file that is worst off. Knows nothing of the
// uploader's own copy, which is a source like any other while there is one.
import type { GroupColumns } from './columns.ts';

export interface Fetchability {
  readonly groups: number;
  readonly fetchableGroups: number;
  /** Of the group with the fewest. */
  readonly onlineColumns: number;
  readonly neededColumns: number;
}

export function isGroupFetchable({ online }: GroupColumns, k: number): boolean {
  return online.size >= k;
}

/** @param groups of one version; a file without groups is empty, and needs nobody */
export function fetchability(groups: readonly GroupColumns[], k: number): Fetchability {
  const fewest = groups.reduce((least, { online }) => Math.min(least, online.size), Number.POSITIVE_INFINITY);
  return {
    groups: groups.length,
    fetchableGroups: groups.filter((group) => isGroupFetchable(group, k)).length,
    onlineColumns: groups.length === 0 ? 0 : fewest,
    neededColumns: groups.length === 0 ? 0 : k,
  };
}
