// Several tabs in one process: Node has the locks and the channels that tabs of a browser share.
import { randomUUID } from 'node:crypto';
import type { CatalogEvent } from '@ferry/shared';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SharedWatch, type Subscriber } from './shared-watch.ts';

const CHANGED: CatalogEvent = { type: 'changed' };
const NEWS: CatalogEvent = { type: 'new-matches', savedSearchId: 's', query: 'q', newCount: 1, firstName: 'n' };

let userId: string;
let subscribers: Subscriber<CatalogEvent>[];
let watches: SharedWatch<CatalogEvent>[];
beforeEach(() => {
  userId = randomUUID();
  subscribers = [];
  watches = [];
});
afterEach(() => {
  for (const watch of watches) watch.close();
});

function tab() {
  const watch = new SharedWatch<CatalogEvent>({
    name: `test-${userId}`,
    missed: CHANGED,
    subscribe(subscriber) {
      subscribers.push(subscriber);
      return () => void subscribers.splice(subscribers.indexOf(subscriber), 1);
    },
  });
  watches.push(watch);
  const told: string[] = [];
  const listen = (options = {}) => watch.watch(({ type }) => told.push(type), options);
  return { watch, told, listen };
}
const eventually = (check: () => void) => vi.waitFor(check, 5000);
const subscribed = (count: number) => eventually(() => expect(subscribers).toHaveLength(count));

test('twenty tabs have one subscription, and each is told everything once', async () => {
  const tabs = Array.from({ length: 20 }, tab);
  for (const { listen } of tabs) listen();
  await subscribed(1);
  subscribers[0]!.onData(CHANGED);
  subscribers[0]!.onData(NEWS);
  for (const { told } of tabs) await eventually(() => expect(told).toEqual(['changed', 'new-matches']));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(subscribers).toHaveLength(1);
});

test('when the tab that holds it is closed, another one takes over, and all others are told again', async () => {
  const [first, second, third] = [tab(), tab(), tab()];
  for (const { listen } of [first, second, third]) {
    listen();
    await subscribed(1);
  }
  const [held] = subscribers;
  first.watch.close();
  await eventually(() => expect(subscribers[0] !== held && subscribers.length).toBe(1));
  subscribers[0]!.onData(CHANGED);
  for (const { told } of [second, third]) await eventually(() => expect(told).toEqual(['changed']));
  expect(first.told).toEqual([]);
});

test('where nobody wants to hear of it there is no subscription, neither before nor afterwards', async () => {
  const [one, other] = [tab(), tab()];
  one.listen({ onlyOverhears: true });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(subscribers).toEqual([]);
  const stops = [other.listen(), other.listen()];
  await subscribed(1);
  subscribers[0]!.onData(NEWS);
  await eventually(() => expect(one.told).toEqual(['new-matches']));
  stops[0]!();
  expect(subscribers).toHaveLength(1);
  stops[1]!();
  await subscribed(0);
});

test('what may have been missed while nobody was subscribed is told as a change', async () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
  const [one, other] = [tab(), tab()];
  one.listen();
  await subscribed(1);
  other.listen();
  // At once there was nothing to miss.
  subscribers[0]!.onStarted();
  expect(one.told).toEqual([]);
  // The server was out of reach.
  clock.mockReturnValue(60_000);
  subscribers[0]!.onStarted();
  for (const { told } of [one, other]) await eventually(() => expect(told).toEqual(['changed']));
  clock.mockRestore();
});

test('when the server refuses, it is asked again later, and not by a tab that has left', async () => {
  const [one] = [tab(), tab()];
  const stop = one.listen();
  await subscribed(1);
  vi.useFakeTimers();
  subscribers.splice(0)[0]!.onError();
  vi.advanceTimersByTime(60_000);
  expect(subscribers).toHaveLength(1);
  subscribers.splice(0)[0]!.onError();
  stop();
  vi.advanceTimersByTime(60_000);
  expect(subscribers).toEqual([]);
  vi.useRealTimers();
});
