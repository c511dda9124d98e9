// The map's cells: a file's stripes in their order, at most so many cells, each with the worst of the groups in it. Where
// there are fewer groups than cells, a group is several cells that are alike. Pure arithmetic.
import { LIMITS, type StoredDetails } from '@ferry/shared';

export interface MapCell {
  /** Groups that it shows something of, `firstGroup` included, `endGroup` not. */
  firstGroup: number;
  endGroup: number;
  online: number;
  kept: number;
}

type Mapped = Pick<StoredDetails, 'cells' | 'groupCount' | 'stripeCount'>;

export function mapCells({ cells, groupCount, stripeCount }: Mapped): MapCell[] {
  const count = Math.min(LIMITS.storeMapCells, Math.max(stripeCount, cells.length));
  if (cells.length === 0 || count === 0) return [];
  return Array.from({ length: count }, (_, index) => {
    const firstGroup = Math.floor((index * groupCount) / count);
    const endGroup = Math.max(firstGroup + 1, Math.floor(((index + 1) * groupCount) / count));
    const told = cells.filter((cell) => cell.firstGroup < endGroup && firstGroup < cell.firstGroup + cell.groupCount);
    return {
      firstGroup,
      endGroup,
      online: least(told.map(({ online }) => online)),
      kept: least(told.map(({ kept }) => kept)),
    };
  });
}

/** Cells `from`..`to` (counted from 1, both included) of which the same is known. */
export interface CellRun {
  from: number;
  to: number;
  online: number;
  kept: number;
}

export function cellRuns(cells: readonly MapCell[]): CellRun[] {
  const runs: CellRun[] = [];
  cells.forEach(({ online, kept }, index) => {
    const last = runs.at(-1);
    if (last?.online === online && last.kept === kept) last.to = index + 1;
    else runs.push({ from: index + 1, to: index + 1, online, kept });
  });
  return runs;
}

function least(counts: readonly number[]): number {
  return counts.length > 0 ? Math.min(...counts) : 0;
}
