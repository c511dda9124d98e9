import { expect, test } from 'vitest';
import { EndingNotices } from './ending-notices.ts';

function listening(notices: EndingNotices, deviceId: string) {
  const ended = new AbortController();
  let count = 0;
  const done = (async () => {
    for await (const _ of notices.of(deviceId, ended.signal)) count++;
  })();
  return { count: () => count, end: () => ended.abort(), done };
}
const soon = () => new Promise(setImmediate);

test('a device is told each time, in every place where it listens, and no other device is', async () => {
  const notices = new EndingNotices();
  const [first, second, other] = ['d1', 'd1', 'd2'].map((deviceId) => listening(notices, deviceId));
  await soon();
  notices.tell('d1');
  await soon();
  notices.tell('d1');
  await soon();
  expect([first!.count(), second!.count(), other!.count()]).toEqual([2, 2, 0]);
});

test('much at once is one notice, so that whoever reads slowly costs no memory', async () => {
  const notices = new EndingNotices();
  const ended = new AbortController();
  const reading = notices.of('d1', ended.signal);
  const first = reading.next();
  for (let round = 0; round < 1000; round++) notices.tell('d1');
  expect(await first).toMatchObject({ value: { type: 'shares-ended' } });
  for (let round = 0; round < 1000; round++) notices.tell('d1');
  expect(await reading.next()).toMatchObject({ done: false });
  const last = reading.next();
  ended.abort();
  expect(await last).toMatchObject({ done: true });
});

test('it ends while it waits, and nobody is told any more', async () => {
  const notices = new EndingNotices();
  const listener = listening(notices, 'd1');
  await soon();
  listener.end();
  await listener.done;
  notices.tell('d1');
  expect(listener.count()).toBe(0);
});
