import { expect, test } from 'vitest';
import { Chance } from '../../bench/chance.ts';
import { weightedOrder } from './weighted-order.ts';

const chance = new Chance(7);
const random = () => chance.next();

test('everybody is in it once', () => {
  const items = Array.from({ length: 50 }, (_, index) => index);
  const ordered = weightedOrder(items, (item) => item, random);
  expect(ordered).not.toEqual(items);
  expect(ordered.toSorted((a, b) => a - b)).toEqual(items);
});

test('who weighs three times as much is first three times as often', () => {
  const firsts = Array.from({ length: 8000 }, () => weightedOrder(['light', 'heavy'], weigh, random)[0]);
  const share = firsts.filter((first) => first === 'heavy').length / firsts.length;
  expect(share).toBeCloseTo(0.75, 1);
});

test('who weighs nothing comes last', () => {
  for (let round = 0; round < 100; round++) {
    expect(weightedOrder([0, 1e-9, 5], (item) => item, random).at(-1)).toBe(0);
  }
});

test('the same chance gives the same order', () => {
  const order = () => {
    const seeded = new Chance(3);
    return weightedOrder(
      [1, 2, 3, 4, 5],
      () => 1,
      () => seeded.next(),
    );
  };
  expect(order()).toEqual(order());
});

function weigh(item: string): number {
  return item === 'heavy' ? 3 : 1;
}
