import { ManualClock } from '@ferry/webrtc-core/testing';
import { expect, test } from 'vitest';
import { DutyDesk } from './duty-desk.ts';

function deskOf(look: () => Promise<void> = async () => {}) {
  const clock = new ManualClock();
  const looks: number[] = [];
  const desk = new DutyDesk({
    look: () => {
      looks.push(clock.now());
      return look();
    },
    clock,
    random: () => 1,
  });
  const pass = async (ms: number) => {
    for (const endMs = clock.now() + ms; clock.now() < endMs; ) {
      await clock.settle();
      clock.advance(Math.min(100, endMs - clock.now()));
      await clock.settle();
    }
  };
  return { desk, looks, pass, clock };
}

test('looks at once, then every minute', async () => {
  const { desk, looks, pass } = deskOf();
  desk.start();
  await pass(130_000);
  expect(looks.map((atMs) => Math.floor(atMs / 1000))).toEqual([0, 60, 120]);
});

test('looks when it is nudged, at most once a second', async () => {
  const { desk, looks, pass } = deskOf();
  desk.start();
  await pass(5000);
  for (let count = 0; count < 30; count++) {
    desk.nudge();
    await pass(100);
  }
  expect(looks.length).toBeLessThanOrEqual(5);
  expect(looks[1]).toBe(5000);
});

test('looks once more for what happened during a look', async () => {
  let finish = () => {};
  const { desk, looks, pass } = deskOf(() => new Promise((resolve) => (finish = resolve)));
  desk.start();
  await pass(3000);
  desk.nudge();
  await pass(3000);
  expect(looks).toEqual([0]);
  finish();
  await pass(100);
  expect(looks).toHaveLength(2);
});

test('comes less and less often while the server is away, however often it is nudged', async () => {
  const { desk, looks, pass } = deskOf(async () => {
    throw new Error('away');
  });
  desk.start();
  for (let count = 0; count < 300; count++) {
    await pass(1000);
    desk.nudge();
  }
  const waits = looks.slice(1).map((atMs, index) => Math.round((atMs - looks[index]!) / 1000));
  expect(waits.slice(0, 5)).toEqual([2, 5, 15, 60, 60]);
});

test('and at once when the server is there again', async () => {
  let isAway = true;
  const { desk, looks, pass } = deskOf(async () => {
    if (isAway) throw new Error('away');
  });
  desk.start();
  await pass(100_000);
  const before = looks.length;
  isAway = false;
  desk.connected();
  await pass(100);
  expect(looks).toHaveLength(before + 1);
});

test('stops, and leaves no timer', async () => {
  const { desk, looks, pass, clock } = deskOf();
  desk.start();
  await pass(1000);
  await desk.stop();
  desk.nudge();
  await pass(120_000);
  expect([looks.length, clock.pendingCount]).toEqual([1, 0]);
});
