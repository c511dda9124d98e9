import { expect, test } from 'vitest';
import { mapCells } from './map-cells.ts';

const segment = (firstGroup: number, groupCount: number, online: number, kept = online) => {
  return { firstGroup, groupCount, online, kept, needed: 4 };
};

test('a small file has a cell for each group', () => {
  expect(mapCells([segment(0, 2, 9, 10), segment(2, 1, 5)], 3)).toEqual([
    { firstGroup: 0, groupCount: 1, online: 9, kept: 10 },
    { firstGroup: 1, groupCount: 1, online: 9, kept: 10 },
    { firstGroup: 2, groupCount: 1, online: 5, kept: 5 },
  ]);
});

test('of a large one, each cell is the worst of its groups, and all groups are in one', () => {
  const cells = mapCells([segment(0, 500, 10), segment(500, 1, 2, 3), segment(501, 499, 10)], 1000);
  expect(cells).toHaveLength(96);
  expect(cells.reduce((sum, { groupCount }) => sum + groupCount, 0)).toBe(1000);
  expect(cells.filter(({ online }) => online < 10)).toEqual([{ firstGroup: 500, groupCount: 10, online: 2, kept: 3 }]);
});

test('a file without groups has no cells', () => {
  expect(mapCells([], 0)).toEqual([]);
});
