import { randomUUID } from 'node:crypto';
import type { Person, PresenceEvent } from '@ferry/shared';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { refused } from '../testing/refused.ts';
import { type TestBrowser, type TestServer, testServer } from '../testing/test-server.ts';

let server: TestServer;
let ann: TestBrowser;
let ben: TestBrowser;
beforeEach(async () => {
  server = await testServer();
  ann = await server.user('ann');
  ben = await server.user('ben');
});
afterEach(() => server.close());

/** Everybody as a watcher knows them, kept up to date. */
function watch(browser: TestBrowser): Map<string, Person> {
  const people = new Map<string, Person>();
  browser.live.people.watch.subscribe(undefined, {
    onData: (event: PresenceEvent) => {
      for (const person of event.type === 'snapshot' ? event.people : [event.person])
        people.set(person.username, person);
    },
  });
  return people;
}

describe('presence', () => {
  test('a colleague appears and disappears within two seconds', async () => {
    const people = watch(ann);
    await vi.waitFor(() => expect(people.get('ben')?.devices).toEqual([]));
    const inbox = ben.openInbox();
    await inbox.started;
    await vi.waitFor(
      () => expect(people.get('ben')?.devices).toEqual([{ deviceId: ben.deviceId, name: 'Test' }]),
      2000,
    );
    await ben.disconnect();
    await vi.waitFor(() => expect(people.get('ben')?.devices).toEqual([]), 2000);
    expect(people.get('ben')?.lastSeenAt).toBeGreaterThan(Date.now() - 5000);
  });

  test('somebody who registers is seen at once', async () => {
    const people = watch(ann);
    await vi.waitFor(() => expect(people.size).toBe(2));
    await server.user('new');
    await vi.waitFor(() => expect(people.has('new')).toBe(true));
  });

  test('a reload does not flicker', async () => {
    const events: PresenceEvent[] = [];
    await ben.openInbox().started;
    ann.live.people.watch.subscribe(undefined, { onData: (event) => events.push(event) });
    await vi.waitFor(() => expect(events).toHaveLength(1));
    await ben.disconnect();
    await ben.openInbox().started;
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(events).toHaveLength(1);
  });

  test('nobody watches without signing in', async () => {
    const stranger = server.browser();
    const { promise, resolve } = Promise.withResolvers<unknown>();
    stranger.live.people.watch.subscribe(undefined, { onError: resolve });
    expect(await promise).toMatchObject({ data: { ferryCode: 'unauthenticated' } });
  });
});

describe('signals', () => {
  const send = (from: TestBrowser, to: TestBrowser, payload: string) =>
    from.live.signals.send.mutate({ from: from.deviceId, to: to.deviceId, payload });

  test('arrive in order, with the server’s word of who sent them', async () => {
    const [inbox] = [ben.openInbox(), await ann.openInbox().started];
    await inbox.started;
    for (const payload of ['one', 'two', 'three']) expect(await send(ann, ben, payload)).toBe('delivered');
    await vi.waitFor(() => expect(inbox.signals.map(({ signal }) => signal.payload)).toEqual(['one', 'two', 'three']));
    const { userId } = (await ann.http.auth.me.query())!;
    expect(inbox.signals[0]!.signal).toMatchObject({ fromDevice: ann.deviceId, fromUser: userId });
  });

  test('to a device that is offline are refused, not kept', async () => {
    await ann.openInbox().started;
    expect(await send(ann, ben, 'hello')).toBe('offline');
  });

  test('what a lost socket missed is replayed, none twice', async () => {
    await ann.openInbox().started;
    const first = ben.openInbox();
    await first.started;
    await send(ann, ben, 'one');
    await vi.waitFor(() => expect(first.signals).toHaveLength(1));
    await ben.disconnect();
    expect(await send(ann, ben, 'two')).toBe('delivered');
    const second = ben.openInbox({ lastEventId: first.signals[0]!.id });
    await second.started;
    await send(ann, ben, 'three');
    await vi.waitFor(() => expect(second.signals.map(({ signal }) => signal.payload)).toEqual(['two', 'three']));
  });

  test('a page that starts anew gets nothing that was meant for the old one', async () => {
    await ann.openInbox().started;
    await ben.openInbox().started;
    await ben.disconnect();
    await send(ann, ben, 'stale');
    const fresh = ben.openInbox();
    await fresh.started;
    await send(ann, ben, 'new');
    await vi.waitFor(() => expect(fresh.signals.map(({ signal }) => signal.payload)).toEqual(['new']));
  });

  test('a later inbox of the same device takes over', async () => {
    await ann.openInbox().started;
    const tab = server.browser();
    tab.cookie = ben.cookie;
    const [old, young] = [ben.openInbox(), tab.openInbox({ deviceId: ben.deviceId })];
    await Promise.all([old.started, young.started]);
    await send(ann, ben, 'hello');
    await vi.waitFor(() => expect(old.signals.length + young.signals.length).toBe(1));
  });

  test('nobody speaks for a device that is not theirs', async () => {
    await Promise.all([ann.openInbox().started, ben.openInbox().started]);
    const call = ann.live.signals.send.mutate({ from: ben.deviceId, to: ann.deviceId, payload: 'forged' });
    expect(await refused(call)).toMatchObject({ ferryCode: 'forbidden' });
  });

  test('a device id belongs to whoever used it first', async () => {
    await ben.openInbox().started;
    expect(await ann.openInbox({ deviceId: ben.deviceId }).refused).toBe('device-taken');
  });

  test('have a bounded size and a checked shape', async () => {
    await ann.openInbox().started;
    const to = randomUUID();
    expect(
      await refused(ann.http.signals.send.mutate({ from: ann.deviceId, to, payload: 'x'.repeat(33_000) })),
    ).toMatchObject({ ferryCode: 'invalid' });
    expect(await refused(ann.http.signals.send.mutate({ from: 'not-a-uuid', to, payload: '' }))).toMatchObject({
      ferryCode: 'invalid',
    });
  });
});
