// A group as upkeep sees it: its columns counted without those that there are not. Decides nothing.
import type { Code } from './code.ts';
import { columnIndex, countedIndex, type GroupCode, groupCode } from './group-code.ts';
import { happiness } from './happiness.ts';
import type { Place } from './place.ts';
import { safeThreshold } from './safe-threshold.ts';
import { columnBytes } from './stored-size.ts';

export interface GroupFacts {
  readonly group: number;
  readonly code: GroupCode;
  /** Of the largest column. */
  readonly needBytes: number;
  /** Held and assigned ones. */
  readonly places: readonly Place[];
  /** Who lost a column of it a moment ago, or had something else. */
  readonly failedPeerIds: ReadonlySet<string>;
}

/** Whoever has just lost a column is not asked for the same group again at once. */
const FAILED_FOR_MS = 10 * 60_000;

/** @param places in every state, with columns as they are called everywhere else */
export function groupFacts(
  version: { readonly sizeBytes: number; readonly code: Code },
  group: number,
  places: readonly Place[],
  nowMs: number,
): GroupFacts {
  const code = groupCode(version.code, version.sizeBytes, group);
  const failed = places.filter(({ state, sinceMs }) => state === 'missing' && nowMs - sinceMs < FAILED_FOR_MS);
  const wanted = places.filter(({ state }) => state === 'held' || state === 'assigned');
  return {
    group,
    code,
    needBytes: columnBytes(version.sizeBytes, version.code.k, group),
    places: wanted.map((place) => ({ ...place, index: countedIndex(code, place.index) })),
    failedPeerIds: new Set(failed.map(({ peerId }) => peerId)),
  };
}

export function isSafe({ code, places }: Pick<GroupFacts, 'code' | 'places'>): boolean {
  return happiness(places) >= safeThreshold(code);
}

/** Columns of one group, as the next one counts them; without those that it does not have. */
export function asCountedIn(next: GroupFacts, { code, places }: GroupFacts): Place[] {
  const { k, absent } = next.code;
  return places
    .map((place) => ({ ...place, index: columnIndex(code, place.index) }))
    .filter(({ index }) => index < k || index >= k + absent)
    .map((place) => ({ ...place, index: countedIndex(next.code, place.index) }));
}
