import { expect, test } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { IceRestart } from './ice-restart.ts';

const FRESH: RTCConfiguration = { iceServers: [{ urls: 'turn:fresh.example' }] };

function setUp() {
  const clock = new ManualClock();
  const ended = new AbortController();
  const world = {
    clock,
    ended,
    restartedAtMs: [] as number[],
    configurations: [] as RTCConfiguration[],
    isNeeded: true,
  };
  const iceRestart = new IceRestart({
    connection: {
      restartIce: () => world.restartedAtMs.push(clock.now()),
      setConfiguration: (configuration) => world.configurations.push(configuration ?? {}),
    },
    configuration: {},
    refresh: async () => FRESH,
    isNeeded: () => world.isNeeded,
    ended: ended.signal,
    clock,
  });
  const pass = async (ms: number) => {
    await clock.settle();
    clock.advance(ms);
    await clock.settle();
  };
  return { ...world, world, iceRestart, pass };
}

test('the first request is met at once, with fresh servers', async () => {
  const { iceRestart, pass, restartedAtMs, configurations } = setUp();
  iceRestart.request();
  await pass(0);
  expect([restartedAtMs, configurations, iceRestart.configuration]).toEqual([[0], [FRESH], FRESH]);
});

test('requests while that one is looking are one, made after it', async () => {
  const { clock, iceRestart, pass, restartedAtMs } = setUp();
  for (let at = 0; at < 3; at++) {
    iceRestart.request();
    await pass(900);
  }
  expect(restartedAtMs).toEqual([0]);
  await pass(300);
  await pass(10_000);
  expect([restartedAtMs, clock.pendingCount]).toEqual([[0, 3000], 0]);
});

test('they are not made when the path is found meanwhile', async () => {
  const { iceRestart, pass, restartedAtMs, world } = setUp();
  iceRestart.request();
  await pass(100);
  iceRestart.request();
  world.isNeeded = false;
  await pass(10_000);
  expect(restartedAtMs).toEqual([0]);
});

test('a restart of the other side is as good as one of this side', async () => {
  const { iceRestart, pass, restartedAtMs, configurations } = setUp();
  await iceRestart.answer();
  iceRestart.request();
  await pass(2999);
  expect([restartedAtMs, configurations]).toEqual([[], [FRESH]]);
  await pass(1);
  expect(restartedAtMs).toEqual([3000]);
});

test('later ones are met at once again', async () => {
  const { iceRestart, pass, restartedAtMs } = setUp();
  iceRestart.request();
  await pass(3000);
  iceRestart.request();
  await pass(0);
  expect(restartedAtMs).toEqual([0, 3000]);
});

test('nothing is restarted after the end, and no timer is left', async () => {
  const { clock, ended, iceRestart, pass, restartedAtMs } = setUp();
  iceRestart.request();
  iceRestart.request();
  ended.abort();
  await pass(10_000);
  expect([restartedAtMs, clock.pendingCount]).toEqual([[], 0]);
});
