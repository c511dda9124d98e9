import { expect, test } from 'vitest';
import { held, heldByMany } from '../testing/store-peers.ts';
import { happiness } from './happiness.ts';

const by = (ownerId: string, index: number) => held(index, `device of ${ownerId}`, { ownerId });

test('owners with columns of their own count one each', () => {
  expect(happiness(heldByMany(10))).toBe(10);
  expect(happiness([])).toBe(0);
});

test('many columns of one person count once', () => {
  expect(happiness([by('ann', 0), by('ann', 1), by('ann', 2), by('bob', 3)])).toBe(2);
});

test('the same column at several people counts once', () => {
  expect(happiness([by('ann', 0), by('bob', 0), by('cem', 0)])).toBe(1);
});

test('owners are given columns so that most have one', () => {
  // Ann could take 0 or 1, Bob only 0, Cem only 1 or 2: all three get one, in whichever order they come.
  const places = [by('ann', 0), by('ann', 1), by('bob', 0), by('cem', 1), by('cem', 2)];
  expect(happiness(places)).toBe(3);
  expect(happiness(places.toReversed())).toBe(3);
});

test('without a receipt nothing counts', () => {
  expect(happiness(heldByMany(4).map((place) => ({ ...place, state: 'assigned' as const })))).toBe(0);
});
