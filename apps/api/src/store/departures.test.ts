import { expect, test } from 'vitest';
import { peer } from '../testing/store-peers.ts';
import { isDead } from './departures.ts';

const DAY_MS = 86_400_000;

test('a peer is dead after a week without contact', () => {
  const away = peer('p1', { onlineSinceMs: null, lastContactMs: 5 * DAY_MS });
  expect(isDead(away, 12 * DAY_MS - 1)).toBe(false);
  expect(isDead(away, 12 * DAY_MS)).toBe(true);
});

test('whoever is online lives, however long ago the last word was', () => {
  expect(isDead(peer('p1', { onlineSinceMs: 0, lastContactMs: 0 }), 30 * DAY_MS)).toBe(false);
});

test('who is unknown or quarantined is dead', () => {
  expect(isDead(undefined, 0)).toBe(true);
  expect(isDead(peer('p1', { isQuarantined: true }), 0)).toBe(true);
});

test('others may be more impatient', () => {
  const away = peer('p1', { onlineSinceMs: null, lastContactMs: 0 });
  expect(isDead(away, DAY_MS, DAY_MS)).toBe(true);
});
