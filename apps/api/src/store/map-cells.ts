// The map of a file: its groups in as many cells as there is room for, each the worst of its groups. Pure.
import { type GroupCell, LIMITS } from '@ferry/shared';
import type { SegmentHealth } from './store-health.ts';

type GroupState = Pick<SegmentHealth, 'firstGroup' | 'groupCount' | 'online' | 'kept' | 'needed'>;

/** @param segments of all groups, in order */
export function mapCells(segments: readonly GroupState[], groupCount: number): GroupCell[] {
  const cellCount = Math.min(groupCount, LIMITS.storeMapCells);
  return Array.from({ length: cellCount }, (_, cell) => {
    const firstGroup = Math.floor((cell * groupCount) / cellCount);
    const end = Math.floor(((cell + 1) * groupCount) / cellCount);
    const inside = segments.filter((one) => one.firstGroup < end && one.firstGroup + one.groupCount > firstGroup);
    const worst = inside.reduce((a, b) => (b.online - b.needed < a.online - a.needed ? b : a));
    const kept = Math.min(...inside.map((one) => one.kept));
    return { firstGroup, groupCount: end - firstGroup, online: worst.online, kept };
  });
}
