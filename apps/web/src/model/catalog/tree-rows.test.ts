import type { CatalogShare } from '@ferry/shared';
import { expect, test } from 'vitest';
import { treeRows, treeStep } from './tree-rows.ts';

const share = (shareId: string): CatalogShare => ({
  shareId,
  userId: 'b',
  deviceId: 'd',
  title: shareId,
  kind: 'folder',
  fileCount: 1,
  totalBytes: 1,
  updatedAt: 1,
});
const shares = new Map([['b', [share('b1'), share('b2')]]]);
const rows = treeRows(['a', 'b', 'c'], new Set(['b']), shares);
const ids = rows.map(({ id }) => id);

test('what is open shows what is in it, each with its place among its own', () => {
  expect(ids).toEqual(['a', 'b', 'b1', 'b2', 'c']);
  expect(rows.map(({ place, count }) => `${place}/${count}`)).toEqual(['1/3', '2/3', '1/2', '2/2', '3/3']);
});

test('what is open and not loaded yet shows nothing', () => {
  expect(treeRows(['a'], new Set(['a']), new Map())).toHaveLength(1);
});

test.each([
  ['a', 'ArrowDown', 'b'],
  ['b2', 'ArrowUp', 'b1'],
  ['b1', 'End', 'c'],
  ['b1', 'Home', 'a'],
  ['b1', 'ArrowLeft', 'b'],
  ['b', 'ArrowRight', 'b1'],
])('from %s, %s leads to %s', (from, key, to) => {
  expect(treeStep(rows, ids.indexOf(from), key)).toEqual({ type: 'go', to: ids.indexOf(to) });
});

test('the right arrow opens, the left one closes', () => {
  expect(treeStep(rows, 0, 'ArrowRight')).toEqual({ type: 'open', ownerId: 'a' });
  expect(treeStep(rows, 1, 'ArrowLeft')).toEqual({ type: 'close', ownerId: 'b' });
});

test.each([
  ['a', 'ArrowUp'],
  ['c', 'ArrowDown'],
  ['a', 'ArrowLeft'],
  ['b1', 'ArrowRight'],
  ['a', 'x'],
])('from %s, %s leads nowhere', (from, key) => expect(treeStep(rows, ids.indexOf(from), key)).toBeNull());
