import { expect, test } from 'vitest';
import { advanced } from './advanced.ts';

const found = (count: number, lastEntry: number) => ({ count, lastEntry, firstName: 'a name' });

test.each([
  ['nothing new moves on', { sinceEntry: 5, newCount: 2 }, found(0, 9), { sinceEntry: 9, newCount: 2, found: 0 }],
  ['what is new adds up', { sinceEntry: 5, newCount: 2 }, found(3, 9), { sinceEntry: 9, newCount: 5, found: 3 }],
  [
    'no more than a hundred are counted',
    { sinceEntry: 5, newCount: 98 },
    found(70, 9),
    { sinceEntry: 9, newCount: 100, found: 70 },
  ],
  [
    'a catalog made anew has nothing new',
    { sinceEntry: 500, newCount: 1 },
    found(7, 9),
    { sinceEntry: 9, newCount: 1, found: 0 },
  ],
])('%s', (_, state, matches, next) => {
  expect(advanced(state, matches)).toEqual(next);
});
