import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortKey } from './sort-key.ts';

test.each([
  ['Änderung 9.txt', 'anderung 10.txt'],
  ['a2', 'A10'],
  ['a007', 'a8'],
  ['Äpfel', 'Zebra'],
  ['report', 'Résumé'],
  ['IMG_99', 'IMG_100'],
  ['가방', '나비'],
])('sorts %s before %s', (first, second) => {
  expect(sortKey(first) < sortKey(second)).toBe(true);
});

test('numbers are sorted by their value, however they are written', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 60n }), fc.bigInt({ min: 0n, max: 10n ** 60n }), (a, b) => {
      const [keyOfA, keyOfB] = [sortKey(`n${a}`), sortKey(`n000${b}`)];
      expect(keyOfA < keyOfB).toBe(a < b);
    }),
  );
});

test('a key is never longer than a name, whatever the name becomes', () => {
  expect(sortKey('\ufdfa'.repeat(255)).length).toBeLessThanOrEqual(255);
});
