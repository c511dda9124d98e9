import { expect, test } from 'vitest';
import { heldByMany, manyPeers } from '../testing/store-peers.ts';
import { groupColumns } from './columns.ts';
import { groupHealth } from './group-health.ts';

const health = (k: number, n: number, alive: number) => {
  const away = manyPeers(alive, () => ({ onlineSinceMs: null }));
  return groupHealth({ k, n }, groupColumns(heldByMany(alive), away, 0));
};

test('health sinks with the columns that are alive, whoever is online', () => {
  const of416 = (alive: number) => health(4, 16, alive);
  expect([16, 15, 10].map(of416)).toEqual(['full', 'thinned', 'thinned']);
  expect([9, 6].map(of416)).toEqual(['degraded', 'degraded']);
  expect([5, 4].map(of416)).toEqual(['critical', 'critical']);
  expect([3, 0].map(of416)).toEqual(['insufficient', 'insufficient']);
});

test('a small pool that has all its columns is full, though one loss may be all that it can take', () => {
  expect(health(1, 2, 2)).toBe('full');
  expect(health(1, 2, 1)).toBe('critical');
  expect(health(2, 4, 3)).toBe('thinned');
  expect(health(1, 0, 0)).toBe('insufficient');
});
