// Columns as they are told: of one index, in groups that follow each other, as one run. Pure.
import { type Column, type ColumnRun, LIMITS } from '@ferry/shared';

/** @returns at most as many as a request may have; what is left over is asked for with the next one */
export function columnRuns(columns: readonly Pick<Column, 'group' | 'index'>[]): ColumnRun[] {
  const runs: ColumnRun[] = [];
  for (const { group, index } of columns.toSorted((a, b) => a.index - b.index || a.group - b.group)) {
    const last = runs.at(-1);
    if (last?.index === index && last.firstGroup + last.groupCount === group) last.groupCount++;
    else runs.push({ index, firstGroup: group, groupCount: 1 });
  }
  return runs.slice(0, LIMITS.storeColumnRuns);
}
