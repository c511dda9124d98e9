import type { Receiver } from '@ferry/webrtc-core';
import { ManualClock } from '@ferry/webrtc-core/testing';
import { expect, test } from 'vitest';
import { DownloadSources } from './download-sources.ts';

/** Between the two a source that refused is asked again. */
const SOON_MS = 30_000;
const LATE_MS = 60_000;

function ground() {
  const clock = new ManualClock();
  const asked: { receiver: Receiver; atMs: number }[] = [];
  const askAgain = (receiver: Receiver) => void asked.push({ receiver, atMs: clock.now() });
  const sources = new DownloadSources({
    exchange: { addSource: () => {}, removeSource: () => {}, askAgain },
    people: { learn: () => {} },
    leave: { isNewerThan: () => true, refresh: async () => undefined, reference: async () => undefined },
    random: () => 0.5,
    after: (delayMs, action) => void clock.after(delayMs, action),
  });
  const pass = async (ms: number) => {
    clock.advance(ms);
    await clock.settle();
  };
  return { sources, asked, pass };
}

function refusedBy(peerId: string): Receiver {
  return { sources: [{ peerId, status: 'refused', refusal: 'queue-full' }] } as unknown as Receiver;
}

test('whoever refused is asked again after a while, once', async () => {
  const { sources, asked, pass } = ground();
  const receiver = refusedBy('ada');
  sources.changed(receiver);
  sources.changed(receiver);
  await pass(SOON_MS);
  expect(asked).toEqual([]);
  await pass(LATE_MS);
  expect(asked.map((each) => each.receiver)).toEqual([receiver]);
});

test('a receiver that took the place of another one is asked for at its own time, and the other one not at all', async () => {
  const { sources, asked, pass } = ground();
  const [before, now] = [refusedBy('ada'), refusedBy('ada')];
  sources.changed(before);
  await pass(SOON_MS);
  sources.clear();
  sources.changed(now);
  await pass(SOON_MS - 1);
  expect(asked).toEqual([]);
  await pass(LATE_MS);
  expect(asked.map(({ receiver }) => receiver === now)).toEqual([true]);
});
