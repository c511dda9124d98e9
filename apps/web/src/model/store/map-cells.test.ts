import { LIMITS } from '@ferry/shared';
import { describe, expect, test } from 'vitest';
import { cellRuns, mapCells } from './map-cells.ts';

const group = (firstGroup: number, online: number, kept: number, groupCount = 1) => ({
  firstGroup,
  groupCount,
  online,
  kept,
});

describe('the cells of the map', () => {
  test('a file of one group has a cell for each stripe, all alike', () =>
    expect(mapCells({ groupCount: 1, stripeCount: 3, cells: [group(0, 2, 5)] })).toEqual(
      Array.from({ length: 3 }, () => ({ firstGroup: 0, endGroup: 1, online: 2, kept: 5 })),
    ));

  test('a few groups share the cells there are', () => {
    const cells = mapCells({ groupCount: 2, stripeCount: 100, cells: [group(0, 4, 4), group(1, 1, 3)] });
    expect(cells).toHaveLength(LIMITS.storeMapCells);
    expect(cells[47]).toMatchObject({ firstGroup: 0, kept: 4 });
    expect(cells[48]).toMatchObject({ firstGroup: 1, kept: 3 });
  });

  test('a cell of several groups shows the worst of them', () => {
    const groupCount = LIMITS.storeMapCells * 2;
    const told = Array.from({ length: groupCount }, (_, at) => group(at, at === 3 ? 1 : 6, at === 2 ? 2 : 8));
    const cells = mapCells({ groupCount, stripeCount: groupCount * 64, cells: told });
    expect(cells).toHaveLength(LIMITS.storeMapCells);
    expect(cells[1]).toEqual({ firstGroup: 2, endGroup: 4, online: 1, kept: 2 });
  });

  test('what the server told of several groups at once holds for each of them', () =>
    expect(
      mapCells({ groupCount: 8, stripeCount: 8, cells: [group(0, 1, 1, 4), group(4, 2, 2, 4)] }).map(
        ({ kept }) => kept,
      ),
    ).toEqual([1, 1, 1, 1, 2, 2, 2, 2]));

  test('an empty file has none', () => expect(mapCells({ groupCount: 0, stripeCount: 0, cells: [] })).toEqual([]));
});

test('neighbours that are alike are one line of the table', () => {
  const cells = mapCells({ groupCount: 3, stripeCount: 3, cells: [group(0, 2, 3), group(1, 2, 3), group(2, 2, 4)] });
  expect(cellRuns(cells)).toEqual([
    { from: 1, to: 2, online: 2, kept: 3 },
    { from: 3, to: 3, online: 2, kept: 4 },
  ]);
});
