import { expect, test } from 'vitest';
import { Patience } from './patience.ts';

/** The longest that three offers and the waits between them may take. */
const WORDS_WITHIN_MS = 20_000;

test('the first word is waited for longer each time, and not for ever', () => {
  const patience = new Patience();
  const waitsMs = Array.from({ length: 5 }, () => {
    const { firstWordMs } = patience;
    patience.failed();
    return firstWordMs;
  });
  expect(waitsMs).toEqual([2500, 5000, 9000, 9000, 9000]);
});

test('it is over after three attempts, within twenty seconds at most', () => {
  const patience = new Patience();
  let atMostMs = 0;
  let attempts = 0;
  while (!patience.isOver) {
    atMostMs += patience.firstWordMs;
    patience.failed();
    attempts++;
    // Half of each wait is left to chance; this is the longest.
    if (!patience.isOver) atMostMs += 500 * 2 ** attempts;
  }
  expect(attempts).toBe(3);
  expect(atMostMs).toBeLessThan(WORDS_WITHIN_MS);
});

test('a path restores it', () => {
  const patience = new Patience();
  for (let failures = 0; failures < 3; failures++) patience.failed();
  patience.restore();
  expect([patience.isOver, patience.firstWordMs, patience.retryDelayMs <= 500]).toEqual([false, 2500, true]);
});
