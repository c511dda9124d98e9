import { expect, test } from 'vitest';
import { heldByMany, manyPeers } from '../testing/store-peers.ts';
import { groupColumns } from './columns.ts';
import { fetchability } from './fetchability.ts';

/** A group of six columns of which so many are online. */
const group = (online: number) =>
  groupColumns(
    heldByMany(6),
    manyPeers(6, (index) => ({ onlineSinceMs: index < online ? 0 : null })),
    0,
  );

test('a group is fetchable while as many columns are online as restore it', () => {
  expect(fetchability([group(4)], 4)).toEqual({
    groups: 1,
    fetchableGroups: 1,
    onlineColumns: 4,
    neededColumns: 4,
  });
  expect(fetchability([group(3)], 4)).toMatchObject({ fetchableGroups: 0, onlineColumns: 3 });
});

test('a file is as well off as the worst of its groups', () => {
  expect(fetchability([group(6), group(2), group(5)], 4)).toEqual({
    groups: 3,
    fetchableGroups: 2,
    onlineColumns: 2,
    neededColumns: 4,
  });
});

test('an empty file needs nobody', () => {
  expect(fetchability([], 4)).toEqual({ groups: 0, fetchableGroups: 0, onlineColumns: 0, neededColumns: 0 });
});
