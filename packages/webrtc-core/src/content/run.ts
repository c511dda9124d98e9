// Runs of consecutive indexes: how sets of chunks or entries are written compactly.

/** `count` consecutive indexes from `first` on. */
export interface Run {
  first: number;
  count: number;
}

/**
 * Joins ascending indexes into runs.
 *
 * @example runsOf([0, 1, 2, 7]) // [{ first: 0, count: 3 }, { first: 7, count: 1 }]
 */
export function runsOf(ascending: Iterable<number>): Run[] {
  const runs: Run[] = [];
  for (const index of ascending) {
    const last = runs.at(-1);
    if (last && last.first + last.count === index) last.count++;
    else runs.push({ first: index, count: 1 });
  }
  return runs;
}

/** Every index of the runs, in their order. */
export function* indexesOf(runs: Iterable<Run>): Generator<number> {
  for (const { first, count } of runs) for (let offset = 0; offset < count; offset++) yield first + offset;
}

/** Whether the runs ascend, do not touch or overlap, and stay below `limit`. */
export function runsAreOrdered(runs: readonly Run[], limit: number): boolean {
  let next = 0;
  for (const { first, count } of runs) {
    if (count < 1 || first < next || first + count > limit) return false;
    next = first + count + 1;
  }
  return true;
}
