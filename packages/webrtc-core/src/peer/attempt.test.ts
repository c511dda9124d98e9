import { expect, test } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { attempt } from './attempt.ts';

function attempted(start: (end: () => void) => Promise<unknown> = async () => {}) {
  const clock = new ManualClock();
  const leaving = new AbortController();
  let outcome: unknown = 'waiting';
  const result = attempt({ clock, signal: leaving.signal }, start).then(
    () => {
      outcome = 'ended';
    },
    (error: unknown) => {
      outcome = error;
    },
  );
  return { clock, leaving, result, outcome: () => outcome };
}

test('it ends when it says so, and leaves no timer', async () => {
  const { clock, result, outcome } = attempted(async (end) => end());
  await result;
  expect([outcome(), clock.pendingCount]).toEqual(['ended', 0]);
});

test('it ends after five seconds, whatever it does', async () => {
  const { clock, result, outcome } = attempted();
  clock.advance(4999);
  await clock.settle();
  expect(outcome()).toBe('waiting');
  clock.advance(1);
  await result;
  expect(outcome()).toBe('ended');
});

test('it fails as its beginning does', async () => {
  const error = new Error('no such server');
  const { clock, result, outcome } = attempted(() => Promise.reject(error));
  await result;
  expect([outcome(), clock.pendingCount]).toEqual([error, 0]);
});

test('whoever wants to know no more is told so at once', async () => {
  const { clock, leaving, result, outcome } = attempted();
  leaving.abort('left');
  await result;
  expect([outcome(), clock.pendingCount]).toEqual(['left', 0]);
});

test('nothing begins when nobody wants to know', async () => {
  let hasBegun = false;
  const signal = AbortSignal.abort('left');
  const begin = async () => {
    hasBegun = true;
  };
  await expect(attempt({ clock: new ManualClock(), signal }, begin)).rejects.toBe('left');
  expect(hasBegun).toBe(false);
});
