// What a holder shows of itself, as plain data. Knows no names: whoever shows it adds them.
import type { ColumnShelf } from './column-shelf.ts';
import type { FetchUnderWay } from './keep-duties.ts';

export interface HolderSnapshot {
  readonly offeredBytes: number;
  /** With what is on its way. */
  readonly usedBytes: number;
  /** Whole ones. */
  readonly columnCount: number;
  /** What is kept of each, the largest first. */
  readonly versions: readonly { versionId: string; bytes: number }[];
  readonly fetching: readonly FetchUnderWay[];
  /** Columns are made for others. */
  readonly isRepairing: boolean;
  /** Given to others since this program was started. */
  readonly servedBytes: number;
  /** Devices that are given something now, or wait for it. */
  readonly servedDeviceCount: number;
}

export type Shown = Pick<
  HolderSnapshot,
  'offeredBytes' | 'fetching' | 'isRepairing' | 'servedBytes' | 'servedDeviceCount'
> & {
  shelf: ColumnShelf;
};

export function snapshotOf({ shelf, ...shown }: Shown): HolderSnapshot {
  const { usedBytes, columnCount } = shelf.totals;
  return { ...shown, usedBytes, columnCount, versions: shelf.versions() };
}
