// Who keeps columns of a version that is downloaded, and how many different ones of each group can be had now. Pure.
import type { ColumnRun, OpenedVersion } from '@ferry/shared';
import type { StripeGeometry } from '@ferry/webrtc-core/erasure';

export interface OnlineColumns {
  /** Different columns of the group that is worst off, with devices that are online. */
  online: number;
  /** So many make it whole. */
  needed: number;
}

interface OnlineOptions {
  grants: OpenedVersion['grants'];
  geometry: StripeGeometry;
  isOnline: (deviceId: string) => boolean;
  /** Nothing of it is missing here any more. */
  isWhole: (group: number) => boolean;
}

/** Of the group that lacks most; undefined when none has fewer than it needs. */
export function lackingColumns({ grants, geometry, isOnline, isWhole }: OnlineOptions): OnlineColumns | undefined {
  const online = grants.filter(({ deviceId }) => isOnline(deviceId)).flatMap(({ columns }) => columns);
  let worst: OnlineColumns | undefined;
  for (const { group, indexes } of groupsOf(geometry.groupCount, online)) {
    const needed = geometry.chunksOf(geometry.stripesOf(group).first).count;
    if (indexes >= needed || isWhole(group)) continue;
    if (!worst || needed - indexes > worst.needed - worst.online) worst = { online: indexes, needed };
  }
  return worst;
}

/** A column that is not among those that are known. */
export function hasOthers(
  grants: OpenedVersion['grants'],
  isKnown: (group: number, index: number) => boolean,
): boolean {
  return grants.some(({ columns }) =>
    columns.some(({ index, firstGroup, groupCount }) => {
      for (let group = firstGroup; group < firstGroup + groupCount; group++) if (!isKnown(group, index)) return true;
      return false;
    }),
  );
}

/** How many different indexes each group has. Runs are few, also of many groups. */
function* groupsOf(groupCount: number, runs: readonly ColumnRun[]): Generator<{ group: number; indexes: number }> {
  const begin = new Map<number, ColumnRun[]>();
  const end = new Map<number, ColumnRun[]>();
  for (const run of runs) {
    begin.set(run.firstGroup, [...(begin.get(run.firstGroup) ?? []), run]);
    const after = run.firstGroup + run.groupCount;
    end.set(after, [...(end.get(after) ?? []), run]);
  }
  const counts = new Map<number, number>();
  for (let group = 0; group < groupCount; group++) {
    for (const { index } of begin.get(group) ?? []) counts.set(index, (counts.get(index) ?? 0) + 1);
    for (const { index } of end.get(group) ?? []) {
      const count = counts.get(index)! - 1;
      if (count === 0) counts.delete(index);
      else counts.set(index, count);
    }
    yield { group, indexes: counts.size };
  }
}
