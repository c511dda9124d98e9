import { LIMITS } from '@ferry/shared';
import { expect, test } from 'vitest';
import { columnOf } from './holder.testing-ground.ts';
import { MovedColumns } from './moved-columns.ts';

test('a column has moved when bytes of it came, in each go anew, and is told once', () => {
  const moved = new MovedColumns();
  const [one, other] = [columnOf(0, 0), columnOf(0, 1)];
  const fetch = { movedBytes: 0 };
  moved.look(one, fetch);
  expect(moved.take()).toEqual([]);
  fetch.movedBytes = 100;
  moved.look(one, fetch);
  moved.look(other, { movedBytes: 1 });
  moved.look(other, { movedBytes: 2 });
  expect(moved.take()).toEqual([one, other]);
  moved.look(one, fetch);
  expect(moved.take()).toEqual([]);
  moved.look(one, { movedBytes: 100 });
  expect(moved.take()).toEqual([one]);
});

test('no more are told than may be', () => {
  const moved = new MovedColumns();
  for (let index = 0; index <= LIMITS.storeMovingColumns; index++) moved.look(columnOf(0, index), { movedBytes: 1 });
  expect(moved.take()).toHaveLength(LIMITS.storeMovingColumns);
});
