import { expect, test } from 'vitest';
import { SeenPaths } from './seen-paths.ts';

test('250,000 paths that are much alike are told apart', () => {
  const seen = new SeenPaths();
  const path = (index: number) => `folder ${index % 500}/some document number ${index}.pdf`;
  for (let index = 0; index < 250_000; index++) seen.add(path(index));
  expect(seen.count).toBe(250_000);
  expect(seen.has(path(123_456))).toBe(true);
  const mistaken = Array.from({ length: 250_000 }, (_, index) => path(250_000 + index)).filter((other) =>
    seen.has(other),
  );
  expect(mistaken).toEqual([]);
});

test('order, case and place of characters make a difference', () => {
  const seen = new SeenPaths();
  for (const path of ['ab', 'ba', 'Ab', 'a/b', 'b/a', '', '\u0100', 'a\u0000']) seen.add(path);
  expect(seen.count).toBe(8);
});
