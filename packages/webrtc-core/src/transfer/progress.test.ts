import { describe, expect, test } from 'vitest';
import { Progress } from './progress.ts';

/** Adds `bytesPerSecond` in steps of 100 ms; returns the time at the end. */
function run(progress: Progress, fromMs: number, durationMs: number, bytesPerSecond: number): number {
  for (let nowMs = fromMs; nowMs < fromMs + durationMs; nowMs += 100) progress.add(bytesPerSecond / 10, nowMs);
  return fromMs + durationMs;
}

describe('the rate', () => {
  test('is nothing before anything was measured', () => {
    const progress = new Progress(1000);
    expect([progress.bytesPerSecond(0), progress.secondsLeft(0)]).toEqual([0, null]);
    progress.add(500, 0);
    expect([progress.bytesPerSecond(100), progress.doneBytes]).toEqual([0, 500]);
  });

  test('of a steady flow is that flow, and so is the time left', () => {
    const progress = new Progress(100_000);
    const endMs = run(progress, 0, 10_000, 5000);
    expect(progress.bytesPerSecond(endMs)).toBeCloseTo(5000, -2);
    expect(progress.secondsLeft(endMs)).toBeCloseTo(10, 0);
  });

  test('follows a change within some seconds, without jumping', () => {
    const progress = new Progress(1e9);
    const changeMs = run(progress, 0, 10_000, 1000);
    const soonMs = run(progress, changeMs, 500, 9000);
    const soon = progress.bytesPerSecond(soonMs);
    expect(soon).toBeGreaterThan(1000);
    expect(soon).toBeLessThan(5000);
    const endMs = run(progress, soonMs, 15_000, 9000);
    expect(progress.bytesPerSecond(endMs)).toBeGreaterThan(8500);
  });

  test('sinks while nothing comes', () => {
    const progress = new Progress(1e9);
    const endMs = run(progress, 0, 5000, 1000);
    const rates = [0, 1000, 3000, 10_000].map((laterMs) => progress.bytesPerSecond(endMs + laterMs));
    expect(rates).toEqual(rates.toSorted((a, b) => b - a));
    expect(rates.at(-1)).toBeLessThan(50);
  });

  test('counts what arrived, not what was held before', () => {
    const progress = new Progress(1_000_000, 600_000);
    progress.found(300_000);
    const endMs = run(progress, 0, 2000, 1000);
    expect(progress.bytesPerSecond(endMs)).toBeLessThan(1500);
    expect(progress.doneBytes).toBe(902_000);
  });

  test('begins anew after a pause', () => {
    const progress = new Progress(1e6);
    const pausedMs = run(progress, 0, 3000, 1000);
    progress.restart();
    expect(progress.bytesPerSecond(pausedMs + 60_000)).toBe(0);
    const endMs = run(progress, pausedMs + 60_000, 2000, 500);
    expect(progress.bytesPerSecond(endMs)).toBeCloseTo(500, -2);
    expect(progress.doneBytes).toBe(4000);
  });
});

test('nothing is left when all is done', () => {
  const progress = new Progress(2000);
  const endMs = run(progress, 0, 2000, 1000);
  expect([progress.doneBytes, progress.secondsLeft(endMs)]).toEqual([2000, 0]);
});
