import { expect, test } from 'vitest';
import { columnRuns } from './column-runs.ts';

const column = (group: number, index: number) => ({ group, index });

test('columns of one index in groups that follow each other are one run', () => {
  expect(columnRuns([column(4, 1), column(2, 1), column(3, 1), column(0, 0), column(6, 1)])).toEqual([
    { index: 0, firstGroup: 0, groupCount: 1 },
    { index: 1, firstGroup: 2, groupCount: 3 },
    { index: 1, firstGroup: 6, groupCount: 1 },
  ]);
});

test('there are never more than a request may have', () => {
  expect(columnRuns(Array.from({ length: 300 }, (_, at) => column(at * 2, 0)))).toHaveLength(256);
});
