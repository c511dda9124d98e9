// The people who keep a file, a row each: with all their devices, for with somebody's account all of them may be gone.
// Which cells of the map they keep something of, and how much of the file that is. Pure arithmetic.
import type { ColumnRun, StoredAt } from '@ferry/shared';
import type { MapCell } from './map-cells.ts';

export interface MapRow {
  userId: string;
  username: string;
  devices: readonly StoredAt[];
  isOnline: boolean;
  isAlwaysOn: boolean;
  keptBytes: number;
  /** For each cell: 0 nothing, 1 of some of its groups, 3 of all of them; as levels of the pieces strip. */
  levels: number[];
}

/** Whoever is online first, then who keeps most. */
export function mapRows(holders: readonly StoredAt[], cells: readonly MapCell[]): MapRow[] {
  const byUser = Map.groupBy(holders, ({ userId }) => userId);
  return [...byUser.values()]
    .map((devices) => rowOf(devices, cells))
    .sort((a, b) => Number(b.isOnline) - Number(a.isOnline) || b.keptBytes - a.keptBytes);
}

function rowOf(devices: readonly StoredAt[], cells: readonly MapCell[]): MapRow {
  const [{ userId, username }] = devices as [StoredAt, ...StoredAt[]];
  const runs = devices.flatMap(({ columns }) => columns);
  return {
    userId,
    username,
    devices,
    isOnline: devices.some(({ isOnline }) => isOnline),
    isAlwaysOn: devices.some(({ isAlwaysOn }) => isAlwaysOn),
    keptBytes: devices.reduce((sum, { keptBytes }) => sum + keptBytes, 0),
    levels: cells.map((cell) => levelOf(cell, runs)),
  };
}

function levelOf({ firstGroup, endGroup }: MapCell, runs: readonly ColumnRun[]): number {
  let keptCount = 0;
  for (let group = firstGroup; group < endGroup; group++) if (runs.some((run) => covers(run, group))) keptCount++;
  if (keptCount === 0) return 0;
  return keptCount === endGroup - firstGroup ? 3 : 1;
}

function covers({ firstGroup, groupCount }: ColumnRun, group: number): boolean {
  return firstGroup <= group && group < firstGroup + groupCount;
}

/** What somebody keeps of a file: with an erasure code any people with 100 % between them have all of it. */
export function sharePercent(keptBytes: number, sizeBytes: number): number {
  if (sizeBytes === 0) return 0;
  const percent = (100 * keptBytes) / sizeBytes;
  return percent > 0 && percent < 1 ? 1 : Math.min(100, Math.round(percent));
}
