import { expect, test } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { Liveness } from './liveness.ts';

function watched() {
  const clock = new ManualClock();
  const told: string[] = [];
  const asked: number[] = [];
  const liveness = new Liveness({
    clock,
    ask: (id) => asked.push(id),
    onSuspect: () => told.push(`suspect at ${clock.now()}`),
    onLost: () => told.push(`lost at ${clock.now()}`),
  });
  liveness.watch();
  return { clock, liveness, told, asked };
}

test('whoever speaks is neither asked nor doubted', () => {
  const { clock, liveness, told, asked } = watched();
  for (let second = 0; second < 60; second++) {
    liveness.heard();
    clock.advance(1000);
  }
  expect([told, asked]).toEqual([[], []]);
});

test('silence is asked, then doubted once, then given up', () => {
  const { clock, told, asked } = watched();
  clock.advance(6000);
  expect([told, asked]).toEqual([[], [1, 2]]);
  clock.advance(60_000);
  expect(told).toEqual(['suspect at 7500', 'lost at 25000']);
  expect(clock.pendingCount).toBe(0);
});

test('an answer ends the doubt, and the next silence is doubted again', () => {
  const { clock, liveness, told } = watched();
  clock.advance(10_000);
  liveness.heard();
  clock.advance(4000);
  expect(told).toHaveLength(1);
  clock.advance(6000);
  expect(told).toHaveLength(2);
});

test('a slow path is given more time', () => {
  const { clock, liveness, told, asked } = watched();
  clock.advance(2500);
  clock.advance(2000);
  liveness.answered(asked[0]!);
  expect(liveness.roundTripMs).toBe(2000);
  liveness.heard();
  clock.advance(16_000);
  expect(told).toEqual([]);
  clock.advance(5000);
  expect(told).toHaveLength(1);
});

test('an answer to another question measures nothing', () => {
  const { clock, liveness } = watched();
  clock.advance(5000);
  liveness.answered(1);
  liveness.answered(99);
  expect(liveness.roundTripMs).toBeUndefined();
});

test('nobody is asked once nobody watches', () => {
  const { clock, liveness, told, asked } = watched();
  liveness.stop();
  clock.advance(60_000);
  expect([told, asked, clock.pendingCount]).toEqual([[], [], 0]);
});

test('a clock that counts in fractions is not asked again within a millisecond', () => {
  const delaysMs: number[] = [];
  for (let heardAtMs = 0.1; heardAtMs < 100; heardAtMs += 0.7) {
    const clock = new ManualClock();
    const after = (delayMs: number, callback: () => void) => {
      delaysMs.push(delayMs);
      return clock.after(delayMs, callback);
    };
    const nothing = () => {};
    const told = { ask: nothing, onSuspect: nothing, onLost: nothing };
    const liveness = new Liveness({ clock: { now: () => clock.now(), after }, ...told });
    clock.advance(0.1);
    liveness.watch();
    clock.advance(heardAtMs);
    liveness.heard();
    clock.advance(6000);
  }
  expect(Math.min(...delaysMs)).toBeGreaterThanOrEqual(1);
});
