import { expect, test } from 'vitest';
import { keepChoices } from './keep-choices.ts';

const now = new Date(2026, 10, 3, 9, 30).getTime();

test('the first choice is what is set', () => {
  expect(keepChoices(null, now)[0]).toMatchObject({ key: 'store.keepForever', expiresAt: null });
  expect(keepChoices(now + 5000, now)[0]).toMatchObject({ key: 'store.keepUntilDate', expiresAt: now + 5000 });
});

test('a span ends with its last day', () => {
  const week = keepChoices(null, now).find(({ key }) => key === 'store.keepWeek');
  expect(new Date(week?.expiresAt ?? 0)).toEqual(new Date(2026, 10, 10, 23, 59, 59));
});

test('no two choices are the same', () => {
  const values = keepChoices(now, now).map(({ value }) => value);
  expect(new Set(values).size).toBe(values.length);
});
