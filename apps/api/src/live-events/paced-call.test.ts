import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PacedCall } from './paced-call.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const paced = (spreadMs = 0) => {
  const call = vi.fn();
  return { call, paced: new PacedCall(call, { leastMs: 2000, spreadMs: () => spreadMs }) };
};

test('a thousand wishes at once are one call', () => {
  const { call, paced: one } = paced();
  for (let round = 0; round < 1000; round++) one.want();
  vi.advanceTimersByTime(10_000);
  expect(call).toHaveBeenCalledTimes(1);
});

test('whoever wants it all the time gets it at the pace', () => {
  const { call, paced: one } = paced();
  for (let ms = 0; ms < 19_000; ms += 10) {
    one.want();
    vi.advanceTimersByTime(10);
  }
  expect(call).toHaveBeenCalledTimes(10);
});

test('the first comes at once, and so does one after a rest', () => {
  const { call, paced: one } = paced();
  one.want();
  vi.advanceTimersByTime(1);
  vi.advanceTimersByTime(5000);
  one.want();
  vi.advanceTimersByTime(1);
  expect(call).toHaveBeenCalledTimes(2);
});

test('many that are wanted at the same moment are spread', () => {
  const calls = Array.from({ length: 500 }, () => paced(2000));
  for (const { paced: one } of calls) one.want();
  const made = () => calls.filter(({ call }) => call.mock.calls.length > 0).length;
  vi.advanceTimersByTime(500);
  expect(made()).toBeGreaterThan(50);
  expect(made()).toBeLessThan(250);
  vi.advanceTimersByTime(1500);
  expect(made()).toBe(500);
});

test('none comes after the end', () => {
  const { call, paced: one } = paced();
  one.want();
  one.end();
  vi.advanceTimersByTime(10_000);
  expect(call).not.toHaveBeenCalled();
});
