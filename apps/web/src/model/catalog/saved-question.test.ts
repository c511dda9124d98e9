import { describe, expect, test } from 'vitest';
import { AGES, EVERYTHING, filtersOf } from './catalog-question.ts';
import { isSameSearch, matchesEverything, questionOfSearch } from './saved-question.ts';

const NOW_MS = Date.UTC(2026, 10, 28, 9, 30);
const DAY_MS = 86_400_000;

describe('a search that was kept', () => {
  test('asks what was asked', () => {
    const question = {
      ...EVERYTHING,
      text: 'budget',
      kinds: ['pdf'] as const,
      ownerIds: ['u1'],
      minBytes: 5,
      isAvailable: true,
    };
    const filters = filtersOf(question, NOW_MS)!;
    expect(questionOfSearch({ query: 'budget', filters }, NOW_MS)).toEqual(question);
  });

  test.each(AGES)('of the last %s is one still, and of a longer one later', (age) => {
    const filters = filtersOf({ ...EVERYTHING, age }, NOW_MS)!;
    expect(questionOfSearch({ query: '', filters }, NOW_MS).age).toBe(age);
    const later = questionOfSearch({ query: '', filters }, NOW_MS + 2 * DAY_MS).age;
    expect(later).toBe({ day: 'week', week: 'month', month: 'year', year: null }[age]);
  });
});

describe('two searches', () => {
  test.each([
    [{ query: ' a ' }, { query: 'a' }, true],
    [{ query: 'a' }, { query: 'b' }, false],
    [{ query: 'a', filters: { kinds: ['pdf', 'image'] } }, { query: 'a', filters: { kinds: ['image', 'pdf'] } }, true],
    [{ query: 'a', filters: { kinds: ['pdf'] } }, { query: 'a' }, false],
    [{ query: 'a', filters: { minBytes: 1 } }, { query: 'a', filters: { maxBytes: 1 } }, false],
    [{ query: 'a', filters: { modifiedFromMs: 1 } }, { query: 'a', filters: { modifiedFromMs: 2 } }, true],
    [{ query: 'a', filters: { modifiedFromMs: 1 } }, { query: 'a' }, false],
    [{ query: 'a', filters: { isAvailable: true } }, { query: 'a', filters: {} }, false],
  ] as const)('%j and %j are the same: %s', (a, b, isSame) => {
    expect(
      isSameSearch(structuredClone(a) as Parameters<typeof isSameSearch>[0], b as Parameters<typeof isSameSearch>[0]),
    ).toBe(isSame);
  });
});

test('only what narrows the catalog is worth keeping', () => {
  expect(matchesEverything({ query: ' ' })).toBe(true);
  expect(matchesEverything({ query: '', filters: { isAvailable: true } })).toBe(false);
  expect(matchesEverything({ query: 'a' })).toBe(false);
});
