import { expect, test } from 'vitest';
import { type RateSample, sparkline, withSample } from './rate-history.ts';

test('keeps a minute', () => {
  let history: RateSample[] = [];
  for (let second = 0; second < 100; second++) history = withSample(history, { down: second, up: 0 });
  expect(history).toHaveLength(60);
  expect(history.at(-1)).toEqual({ down: 99, up: 0 });
});

test('ends at the right edge and scales to the highest of both', () => {
  const { down, up } = sparkline(
    [
      { down: 0, up: 10 },
      { down: 5, up: 0 },
    ],
    { width: 59, height: 10 },
  );
  expect(down).toBe('M58 10L59 5');
  expect(up).toBe('M58 0L59 10');
});
