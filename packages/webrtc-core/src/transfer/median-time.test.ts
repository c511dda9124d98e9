import { expect, test } from 'vitest';
import { MedianTime } from './median-time.ts';

function median(...samples: number[]): number | undefined {
  const times = new MedianTime();
  for (const sample of samples) times.add(sample);
  return times.medianMs;
}

test('little says nothing', () => {
  expect([median(), median(5, 5, 5)]).toEqual([undefined, undefined]);
});

test('a few that took long change nothing', () => {
  expect(median(10, 12, 11, 5000, 9, 12, 8000, 10, 11)).toBe(11);
});

test('what was long ago is forgotten', () => {
  expect(median(...Array<number>(100).fill(500), ...Array<number>(64).fill(3))).toBe(3);
});
