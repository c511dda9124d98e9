import { expect, test } from 'vitest';
import { mayRepair } from './repair-rate.ts';

test.each([
  [4, 2],
  [20, 5],
  [40, 10],
  [1000, 40],
])('with %i peers online %i groups are repaired at once', (onlinePeers, most) => {
  expect(mayRepair('degraded', { underWay: most - 1, onlinePeers })).toBe(true);
  expect(mayRepair('degraded', { underWay: most, onlinePeers })).toBe(false);
  expect(mayRepair('floor', { underWay: most, onlinePeers })).toBe(false);
});

test('what may be lost with one more departure does not wait for the others', () => {
  expect(mayRepair('critical', { underWay: 7, onlinePeers: 16 })).toBe(true);
  expect(mayRepair('critical', { underWay: 8, onlinePeers: 16 })).toBe(false);
});
