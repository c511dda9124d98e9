import { expect, test } from 'vitest';
import { PublishingSchedule } from './publishing-schedule.ts';

test('what changes often is published once, at the earliest of its times', () => {
  const schedule = new PublishingSchedule();
  schedule.add('a', 300);
  schedule.add('a', 500);
  schedule.add('a', 200);
  expect(schedule.nextMs).toBe(200);
  expect(schedule.take(199)).toBeUndefined();
  expect(schedule.take(200)).toBe('a');
  expect(schedule.take(1000)).toBeUndefined();
  expect(schedule.nextMs).toBeUndefined();
});

test('shares take turns', () => {
  const schedule = new PublishingSchedule();
  for (const shareId of ['a', 'b']) schedule.add(shareId, 0);
  const turns = Array.from({ length: 4 }, () => {
    const shareId = schedule.take(0)!;
    schedule.add(shareId, 0);
    return shareId;
  });
  expect(turns).toEqual(['a', 'b', 'a', 'b']);
});

test('after a failure nothing is sent for a while, longer each time, until something succeeds', () => {
  const schedule = new PublishingSchedule(() => 1);
  schedule.add('a', 0);
  const waits = [1, 2, 3, 4].map(() => {
    schedule.failed(0);
    return schedule.nextMs;
  });
  expect(waits).toEqual([1000, 2000, 4000, 8000]);
  expect(schedule.take(7999)).toBeUndefined();
  for (let failure = 0; failure < 20; failure++) schedule.failed(0);
  expect(schedule.nextMs).toBe(60_000);
  schedule.succeeded();
  schedule.failed(0);
  expect(schedule.nextMs).toBe(1000);
});

test('the server may say when to come back', () => {
  const schedule = new PublishingSchedule(() => 0);
  schedule.add('a', 0);
  schedule.failed(100, 30_000);
  expect(schedule.nextMs).toBe(30_100);
  schedule.open();
  expect(schedule.take(100)).toBe('a');
});
