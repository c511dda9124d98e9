import { describe, expect, test } from 'vitest';
import { channelPair } from '../testing/channel-pair.ts';
import { chunkMessage, linkPair, linkWithStranger, transfer } from '../testing/link-ground.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { Emitter } from '../util/emitter.ts';
import type { Channel, ChannelEvents } from './channel.ts';
import { decode } from './codec.ts';
import { FrameReader } from './framing.ts';
import { hello } from './handshake.ts';
import { PROTOCOL_VERSION } from './limits.ts';
import { Link } from './link.ts';
import type { Message } from './message.ts';
import { WINDOW_BYTES } from './receive-window.ts';

describe('opening', () => {
  test('both say hello and grant a window, then both are open, once', () => {
    const { a, b, links } = linkPair();
    expect([a.opened, b.opened]).toEqual([1, 1]);
    expect(links.every((link) => link.isOpen)).toBe(true);
    const { heard } = linkWithStranger();
    expect(heard).toEqual([hello('ferry/0.1'), { type: 'grant', limitBytes: WINDOW_BYTES }]);
  });

  test('a channel that is open already is greeted at once', () => {
    const clock = new ManualClock();
    const [near, far] = channelPair({ clock });
    clock.advance(1);
    const links = [new Link(near, { clock }), new Link(far, { clock })];
    clock.advance(1);
    expect(links.every((link) => link.isOpen)).toBe(true);
  });

  test('a hello that is heard before the opening is answered by hello first, and once', () => {
    const clock = new ManualClock();
    const [near, far] = channelPair({ clock });
    const late: Channel = {
      events: new Emitter<ChannelEvents>(),
      get state() {
        return near.state;
      },
      bufferedBytes: 0,
      send: (frame) => near.send(frame),
      close: () => near.close(),
    };
    near.events.on('message', (frame) => late.events.emit('message', frame));
    const links = [new Link(late, { clock }), new Link(far, { clock })];
    const closed: unknown[] = [];
    for (const link of links) link.events.on('close', (error) => closed.push(error));
    clock.advance(1);
    late.events.emit('open', undefined);
    clock.advance(1);
    expect(closed).toEqual([]);
    expect(links.every((link) => link.isOpen)).toBe(true);
  });

  test('another version is refused with its number', () => {
    const { seen, say, far } = linkWithStranger();
    say({ type: 'hello', version: PROTOCOL_VERSION + 1, agent: 'x' });
    expect(seen.opened).toBe(0);
    expect(seen.closed).toEqual([expect.objectContaining({ code: 'version-unsupported' })]);
    expect(far.state).toBe('closed');
  });

  test('what comes before hello is refused', () => {
    const { seen, say } = linkWithStranger();
    say({ type: 'resume', transfer });
    expect(seen.closed).toEqual([expect.objectContaining({ code: 'message-unexpected' })]);
    expect(seen.messages).toEqual([]);
  });

  test('a second hello is refused', () => {
    const { seen, say } = linkWithStranger();
    say(hello('x'));
    say(hello('x'));
    expect([seen.opened, seen.closed]).toEqual([1, [expect.objectContaining({ code: 'message-unexpected' })]]);
  });
});

describe('messages', () => {
  test('arrive whole and in order; control overtakes a chunk that waits for its window', async () => {
    const { links, b, clock } = linkPair();
    const sent = links[0].sendChunk(chunkMessage(2 * WINDOW_BYTES, 3));
    links[0].send({ type: 'pause', transfer, reason: 'user' });
    links[0].send({ type: 'resume', transfer });
    clock.advance(1000);
    expect(await sent).toBe(true);
    expect(b.messages.map(({ type }) => type)).toEqual(['pause', 'resume', 'chunk']);
    expect(b.messages[2]).toEqual(chunkMessage(2 * WINDOW_BYTES, 3));
  });

  test('what concerns the link stays below: ping is answered, pong and grant are not passed on', () => {
    const { seen, say, heard } = linkWithStranger();
    say(hello('x'));
    say({ type: 'ping', id: 77 });
    say({ type: 'pong', id: 5 });
    say({ type: 'grant', limitBytes: 10 });
    expect(heard.at(-1)).toEqual({ type: 'pong', id: 77 });
    expect(seen.messages).toEqual([]);
    expect(seen.closed).toEqual([]);
  });
});

test('nothing is said before hello', () => {
  const clock = new ManualClock();
  const [near, far] = channelPair({ clock });
  const link = new Link(near, { clock });
  link.send({ type: 'resume', transfer });
  near.state = 'open';
  far.state = 'open';
  const frames: Uint8Array[] = [];
  near.send = (frame) => frames.push(frame.slice());
  near.events.emit('open', undefined);
  const said: Message[] = [];
  const reader = new FrameReader((bytes) => said.push(decode(bytes)));
  for (const frame of frames) reader.read(frame);
  expect(said.map(({ type }) => type)).toEqual(['hello', 'grant']);
});
