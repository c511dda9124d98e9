// Groups that follow each other and are kept by the same devices, as one: a file of hundreds of groups has few of them. Pure.
import type { HeldRun } from '../db/queries/store-place-runs.ts';

export interface Holding {
  readonly index: number;
  readonly deviceId: string;
}

export interface Segment {
  readonly firstGroup: number;
  readonly groupCount: number;
  /** None where nobody keeps anything yet. */
  readonly holdings: readonly Holding[];
}

/**
 * @param cuts groups that begin a segment whoever keeps them
 * @returns all groups, in order
 */
export function segmentsOf(runs: readonly HeldRun[], groupCount: number, cuts: readonly number[] = []): Segment[] {
  const starting = Map.groupBy(runs, ({ firstGroup }) => firstGroup);
  const ending = Map.groupBy(runs, endOf);
  const bounds = new Set([0, ...cuts, ...starting.keys(), ...ending.keys()]);
  const ordered = [...bounds].filter((group) => group < groupCount).sort((a, b) => a - b);
  const current = new Set<HeldRun>();
  return ordered.map((firstGroup, at) => {
    for (const run of ending.get(firstGroup) ?? []) current.delete(run);
    for (const run of starting.get(firstGroup) ?? []) current.add(run);
    const holdings = Array.from(current, ({ index, deviceId }) => ({ index, deviceId }));
    return { firstGroup, groupCount: (ordered[at + 1] ?? groupCount) - firstGroup, holdings };
  });
}

function endOf({ firstGroup, groupCount }: HeldRun): number {
  return firstGroup + groupCount;
}
