import type { CatalogEvent } from '@ferry/shared';
import { expect, test } from 'vitest';
import { EventMailbox } from './event-mailbox.ts';

const CHANGED: CatalogEvent = { type: 'changed' };
const matches = (savedSearchId: string, newCount: number): CatalogEvent => ({
  type: 'new-matches',
  savedSearchId,
  query: 'a query',
  newCount,
  firstName: 'a name',
});

const newMailbox = () =>
  new EventMailbox<CatalogEvent>((event) => (event.type === 'changed' ? event.type : event.savedSearchId));

function reading(mailbox: EventMailbox<CatalogEvent>) {
  const ended = new AbortController();
  const read: CatalogEvent[] = [];
  const done = (async () => {
    for await (const event of mailbox.read(ended.signal)) read.push(event);
  })();
  return { read, end: () => ended.abort(), done };
}

test('whoever reads slowly is told the latest of each thing, once', async () => {
  const mailbox = newMailbox();
  for (let round = 0; round < 1000; round++) {
    mailbox.put(CHANGED);
    mailbox.put(matches('s1', round));
  }
  mailbox.put(matches('s2', 7));
  const reader = reading(mailbox);
  await new Promise(setImmediate);
  expect(reader.read).toEqual([CHANGED, matches('s1', 999), matches('s2', 7)]);
  reader.end();
  await reader.done;
});

test('whoever waits is told at once', async () => {
  const mailbox = newMailbox();
  const reader = reading(mailbox);
  await new Promise(setImmediate);
  mailbox.put(CHANGED);
  await new Promise(setImmediate);
  mailbox.put(CHANGED);
  await new Promise(setImmediate);
  expect(reader.read).toEqual([CHANGED, CHANGED]);
  reader.end();
  await reader.done;
});

test('it ends while waiting, and with something unread', async () => {
  const mailbox = newMailbox();
  const waiting = reading(mailbox);
  await new Promise(setImmediate);
  waiting.end();
  await waiting.done;
  mailbox.put(CHANGED);
  const ended = reading(mailbox);
  ended.end();
  await ended.done;
  expect(waiting.read).toEqual([]);
});
