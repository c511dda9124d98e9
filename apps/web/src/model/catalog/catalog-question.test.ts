import { searchSchema } from '@ferry/shared';
import { expect, test } from 'vitest';
import {
  asksForEverything,
  type CatalogQuestion,
  EVERYTHING,
  filtersOf,
  requestOf,
  sortedBy,
  toggledKind,
  toggledOwner,
} from './catalog-question.ts';

const NOW = new Date(2026, 2, 30, 9, 15, 42).getTime();
const owner = '7b0f1d0c-5a52-4c5e-9b1a-1f2b3c4d5e6f';
const asking = (change: Partial<CatalogQuestion>): CatalogQuestion => ({ ...EVERYTHING, ...change });

test('without filters none are asked for', () => {
  expect(filtersOf(EVERYTHING, NOW)).toBeUndefined();
  expect(requestOf(asking({ text: '  report ' }), NOW)).toEqual({ query: 'report' });
});

test('what is asked for is what the server takes', () => {
  const question = asking({
    text: 'report',
    kinds: ['pdf', 'folder'],
    ownerIds: [owner],
    minBytes: 10,
    maxBytes: 20,
    age: 'week',
    isAvailable: true,
    order: 'size',
    isDescending: true,
  });
  const request = { ...requestOf(question, NOW), limit: 100 };
  expect(searchSchema.parse(request)).toEqual(request);
  expect(request).toMatchObject({ order: 'size', isDescending: true });
});

test('an age is asked for in whole minutes, the same for every page of a search', () => {
  const first = filtersOf(asking({ age: 'day' }), NOW);
  const second = filtersOf(asking({ age: 'day' }), NOW + 10_000);
  expect(first).toEqual(second);
  expect(first).toEqual({ modifiedFromMs: new Date(2026, 2, 29, 9, 15).getTime() });
});

test('only without words and filters everything is asked for, in whatever order', () => {
  expect(asksForEverything(asking({ text: ' ', order: 'name' }))).toBe(true);
  expect(asksForEverything(asking({ text: 'a' }))).toBe(false);
  expect(asksForEverything(asking({ age: 'day' }))).toBe(false);
});

test.each([
  ['name', [false, true]],
  ['size', [true, false]],
  ['modified', [true, false]],
] as const)('pressing %s sorts by it, the other way round, and then no more', (order, [first, second]) => {
  const once = sortedBy(EVERYTHING, order);
  expect(once).toMatchObject({ order, isDescending: first });
  const twice = sortedBy(once, order);
  expect(twice).toMatchObject({ order, isDescending: second });
  expect(sortedBy(twice, order)).toEqual(EVERYTHING);
});

test('kinds and owners are taken in and out', () => {
  const both = toggledKind(toggledKind(EVERYTHING, 'pdf'), 'image');
  expect(both.kinds).toEqual(['pdf', 'image']);
  expect(toggledKind(both, 'pdf').kinds).toEqual(['image']);
  expect(toggledOwner(toggledOwner(EVERYTHING, owner), owner)).toEqual(EVERYTHING);
});
