import { expect, test } from 'vitest';
import { ManualClock } from '../testing/manual-clock.ts';
import { allowed, freshConfiguration } from './fresh-configuration.ts';

const TURN: RTCConfiguration = { iceServers: [{ urls: 'turn:turn.example' }] };

test('the answer is taken, and no timer is left', async () => {
  const clock = new ManualClock();
  expect(await freshConfiguration(async () => TURN, clock)).toBe(TURN);
  expect(clock.pendingCount).toBe(0);
});

test('a refusal is no answer', async () => {
  expect(await freshConfiguration(() => Promise.reject(new Error('offline')), new ManualClock())).toBeUndefined();
});

test('an answer that does not come is waited for two seconds', async () => {
  const clock = new ManualClock();
  let answer: unknown = 'waiting';
  void freshConfiguration(() => new Promise(() => {}), clock).then((configuration) => {
    answer = configuration;
  });
  clock.advance(1999);
  await clock.settle();
  expect(answer).toBe('waiting');
  clock.advance(1);
  await clock.settle();
  expect(answer).toBeUndefined();
});

test.each<[RTCConfiguration, boolean, RTCConfiguration]>([
  [TURN, false, TURN],
  [TURN, true, { ...TURN, iceTransportPolicy: 'relay' }],
  [{}, true, { iceTransportPolicy: 'relay' }],
  [{ iceTransportPolicy: 'all' }, true, { iceTransportPolicy: 'relay' }],
  [{ iceTransportPolicy: 'relay' }, false, { iceTransportPolicy: 'relay' }],
])('of %j, with relays only: %j, this is allowed: %j', (configuration, isRelayOnly, expected) => {
  expect(allowed(configuration, isRelayOnly)).toEqual(expected);
});
