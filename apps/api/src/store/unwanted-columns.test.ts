import { expect, test } from 'vitest';
import { UnwantedColumns } from './unwanted-columns.ts';

const column = (group: number) => ({ versionId: 'v', group, index: 0 });

test('of all devices together so many are remembered, and whoever has few loses none of them', () => {
  const unwanted = new UnwantedColumns();
  unwanted.add('honest', column(0));
  for (let device = 0; device < 25; device++) {
    for (let group = 0; group < 10_500; group++) unwanted.add(`made up ${device}`, column(group));
  }
  const kept = Array.from({ length: 25 }, (_, device) => unwanted.of(`made up ${device}`, 20_000).length);
  expect(Math.max(...kept)).toBe(10_000);
  expect(kept.reduce((sum, count) => sum + count)).toBeLessThanOrEqual(200_000);
  expect(unwanted.of('honest', 1)).toEqual([column(0)]);
});

test('what was deleted or said twice counts once, and not any more', () => {
  const unwanted = new UnwantedColumns();
  for (let round = 0; round < 3; round++) {
    for (let group = 0; group < 10_000; group++) {
      unwanted.add('one', column(group));
      unwanted.add('one', column(group));
      unwanted.delete('one', column(group));
      unwanted.delete('one', column(group));
    }
  }
  unwanted.add('one', column(1));
  for (let device = 0; device < 19; device++) {
    for (let group = 0; group < 10_000; group++) unwanted.add(`other ${device}`, column(group));
  }
  expect(unwanted.of('one', 1)).toEqual([column(1)]);
  expect(unwanted.of('other 0', 1)).toHaveLength(1);
});
