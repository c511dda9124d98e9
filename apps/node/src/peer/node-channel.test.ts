import type { DataChannel as NativeChannel } from 'node-datachannel';
import { expect, test } from 'vitest';
import { NodeChannel } from './node-channel.ts';

/** One of node-datachannel's, whose events come when the test says so. */
class FakeNative {
  readonly sent: Uint8Array[] = [];
  readonly tell: Record<string, (payload?: unknown) => void> = {};
  isClosed = false;

  readonly channel = new Proxy({} as NativeChannel, {
    get: (_, name) => {
      if (name === 'sendMessageBinary') return (frame: Uint8Array) => this.sent.push(frame);
      if (name === 'bufferedAmount') return () => 5;
      if (name === 'close') return () => (this.isClosed = true);
      return (callback: (payload?: unknown) => void) => (this.tell[String(name)] = callback);
    },
  });
}

function opened() {
  const native = new FakeNative();
  const channel = new NodeChannel(native.channel);
  const events: unknown[] = [];
  channel.onopen = () => events.push('open');
  channel.onmessage = ({ data }) => events.push(new Uint8Array(data as ArrayBuffer));
  channel.onclose = () => events.push('close');
  return { native, channel, events };
}

test('a message that overtakes the opening opens the channel, and is not lost', () => {
  const { native, channel, events } = opened();
  native.tell.onMessage!(Buffer.from([1, 2]));
  native.tell.onOpen!();
  expect(events).toEqual(['open', Uint8Array.of(1, 2)]);
  expect(channel.readyState).toBe('open');
});

test('a message is a buffer of its own, whatever it was a part of', () => {
  const { native, events } = opened();
  const part = Buffer.from([9, 1, 2, 9]).subarray(1, 3);
  native.tell.onMessage!(part);
  part.fill(0);
  expect(events[1]).toEqual(Uint8Array.of(1, 2));
});

test('what is closed here takes no more messages and says so once', () => {
  const { native, channel, events } = opened();
  native.tell.onOpen!();
  channel.close();
  native.tell.onMessage!(Buffer.from([1]));
  native.tell.onClosed!();
  native.tell.onClosed!();
  expect([native.isClosed, channel.readyState]).toEqual([true, 'closed']);
  expect(events).toEqual(['open', 'close']);
});

test('nothing is sent before it is open', () => {
  const { native, channel } = opened();
  expect(() => channel.send(Uint8Array.of(1))).toThrow(DOMException);
  native.tell.onOpen!();
  channel.send(Uint8Array.of(1));
  expect(native.sent).toEqual([Uint8Array.of(1)]);
});
