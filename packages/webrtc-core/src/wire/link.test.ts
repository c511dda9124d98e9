import { describe, expect, test } from 'vitest';
import type { FerryError } from '../errors.ts';
import { channelPair, type MemoryChannel } from '../testing/channel-pair.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { decode, encode } from './codec.ts';
import { FrameReader } from './framing.ts';
import { hello } from './handshake.ts';
import { PROTOCOL_VERSION, WIRE_LIMITS } from './limits.ts';
import { Link } from './link.ts';
import type { ChunkMessage, Message, TransferMessage } from './message.ts';
import { Outbox } from './outbox.ts';
import { RateLimit } from './rate-limit.ts';
import { WINDOW_BYTES } from './receive-window.ts';

const transfer = '01234567-89ab-4cde-8f01-23456789abcd';

function chunkMessage(length: number, index = 0): ChunkMessage {
  return { type: 'chunk', transfer, index, hash: new Uint8Array(32), bytes: new Uint8Array(length).fill(index) };
}

/** What a link says and how it ended. */
function watch(link: Link) {
  const seen = { messages: [] as TransferMessage[], opened: 0, closed: [] as (FerryError | undefined)[] };
  link.events.on('open', () => seen.opened++);
  link.events.on('message', ({ message, release }) => {
    seen.messages.push(message.type === 'chunk' ? { ...message, bytes: message.bytes.slice() } : message);
    release();
  });
  link.events.on('close', (error) => seen.closed.push(error));
  return seen;
}

/** Two links that said hello. */
function linkPair() {
  const clock = new ManualClock();
  const channels = channelPair({ clock, latencyMs: 10 });
  const links = channels.map((channel) => new Link(channel, { clock })) as [Link, Link];
  const [a, b] = links.map(watch) as [ReturnType<typeof watch>, ReturnType<typeof watch>];
  clock.advance(100);
  return { clock, channels, links, a, b };
}

/** A link, and a stranger at the other end that says what the test wants and notes what it hears. */
function linkWithStranger() {
  const clock = new ManualClock();
  const [near, far] = channelPair({ clock });
  const link = new Link(near, { clock });
  const heard: Message[] = [];
  const frames = new FrameReader((bytes, release) => {
    heard.push(decode(bytes.slice()));
    release();
  });
  far.events.on('message', (frame) => frames.read(frame));
  clock.advance(1);
  const say = (message: Message) => {
    sendMessage(far, message);
    clock.advance(1);
  };
  return { clock, link, seen: watch(link), near, far, heard, say };
}

function sendMessage(channel: MemoryChannel, message: Message): void {
  const outbox = new Outbox(WIRE_LIMITS.frameBytes);
  if (message.type === 'chunk') void outbox.pushChunk(transfer, encode(message));
  else outbox.pushControl(encode(message));
  for (let next = outbox.nextFrame(2 ** 40); next; next = outbox.nextFrame(2 ** 40)) channel.send(next.frame);
}

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

describe('flow control', () => {
  test('no more chunk bytes are sent than granted, control goes all the same', async () => {
    const { link, heard, say, clock } = linkWithStranger();
    say(hello('x'));
    let left = false;
    void link.sendChunk(chunkMessage(1000)).then(() => {
      left = true;
    });
    link.send({ type: 'resume', transfer });
    clock.advance(1);
    expect(heard.map(({ type }) => type)).toEqual(['hello', 'grant', 'resume']);
    say({ type: 'grant', limitBytes: 1000 });
    await Promise.resolve();
    expect([left, heard.length]).toEqual([false, 3]);
    // The message is some bytes longer than the chunk.
    say({ type: 'grant', limitBytes: 1100 });
    await Promise.resolve();
    expect([left, heard.at(-1)]).toEqual([true, chunkMessage(1000)]);
  });

  test('many times the window flows, because grants keep coming', async () => {
    const { links, b, clock } = linkPair();
    const sent = Array.from({ length: 6 }, (_, index) => links[0].sendChunk(chunkMessage(WINDOW_BYTES, index)));
    clock.advance(10_000);
    expect(await Promise.all(sent)).toEqual(new Array(6).fill(true));
    expect(b.messages.map((message) => (message as ChunkMessage).index)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('a grant that is taken back is refused', () => {
    const { seen, say } = linkWithStranger();
    say(hello('x'));
    say({ type: 'grant', limitBytes: 10 });
    say({ type: 'grant', limitBytes: 10 });
    expect(seen.closed).toEqual([]);
    say({ type: 'grant', limitBytes: 9 });
    expect(seen.closed).toEqual([expect.objectContaining({ code: 'message-unexpected' })]);
  });

  test('a stranger that sends more at once than it was granted is dropped', () => {
    const { seen, say, far, clock } = linkWithStranger();
    say(hello('x'));
    const outbox = new Outbox(WIRE_LIMITS.maxFrameBytes);
    void outbox.pushChunk(transfer, encode(chunkMessage(2 * WINDOW_BYTES)));
    far.send(outbox.nextFrame(WINDOW_BYTES)!.frame);
    clock.advance(1);
    expect(seen.closed).toEqual([]);
    far.send(outbox.nextFrame(WINDOW_BYTES + 1)!.frame);
    clock.advance(1);
    expect(seen.closed).toEqual([expect.objectContaining({ code: 'limit-exceeded' })]);
  });
});

describe('the other side falls silent', () => {
  test('before it said hello: the link ends', () => {
    const { seen, clock } = linkWithStranger();
    clock.advance(20_000);
    expect(seen.closed).toEqual([expect.objectContaining({ code: 'connect-timeout' })]);
  });

  test('while it is watched: it is asked, doubted, and given up', () => {
    const { link, seen, heard, say, clock } = linkWithStranger();
    let suspicions = 0;
    link.events.on('suspect', () => suspicions++);
    say(hello('x'));
    link.isWatched = true;
    clock.advance(10_000);
    expect([suspicions, seen.closed]).toEqual([1, []]);
    expect(heard.map(({ type }) => type)).toContain('ping');
    clock.advance(20_000);
    expect(seen.closed).toEqual([expect.objectContaining({ code: 'lost' })]);
  });

  test('two links that are watched keep each other company', () => {
    const { links, a, b, clock } = linkPair();
    for (const link of links) link.isWatched = true;
    clock.advance(600_000);
    expect([a.closed, b.closed]).toEqual([[], []]);
  });

  test('while nobody watches it nothing is said', () => {
    const { link, heard, say, clock } = linkWithStranger();
    say(hello('x'));
    link.isWatched = true;
    link.isWatched = false;
    clock.advance(600_000);
    expect(heard.map(({ type }) => type)).toEqual(['hello', 'grant']);
    expect(link.isOpen).toBe(true);
  });
});

describe('limits on bytes a second', () => {
  const RATE = 1_000_000;
  async function secondsFor(limited: 'send' | 'receive', bytes: number): Promise<number> {
    const clock = new ManualClock();
    const [near, far] = channelPair({ clock, latencyMs: 1 });
    const rates = { send: new RateLimit(clock), receive: new RateLimit(clock) };
    rates[limited].bytesPerSecond = RATE;
    const sender = new Link(near, { clock, ...(limited === 'send' && { rates }) });
    const receiver = new Link(far, { clock, ...(limited === 'receive' && { rates }) });
    const seen = watch(receiver);
    clock.advance(10);
    const startMs = clock.now();
    for (let index = 0; index < bytes / 100_000; index++) void sender.sendChunk(chunkMessage(100_000, index));
    await clock.runUntil(() => seen.messages.length === bytes / 100_000);
    return (clock.now() - startMs) / 1000;
  }

  test.each(['send', 'receive'] as const)('are kept by the side that %ss', async (limited) => {
    const seconds = await secondsFor(limited, 5_000_000);
    expect(seconds).toBeGreaterThan(4.5);
    expect(seconds).toBeLessThan(5.5);
  });

  test('do not hold back control messages', () => {
    const clock = new ManualClock();
    const [near, far] = channelPair({ clock, latencyMs: 1 });
    const rates = { send: new RateLimit(clock), receive: new RateLimit(clock) };
    rates.send.bytesPerSecond = 1000;
    const links = [new Link(near, { clock, rates }), new Link(far, { clock })] as const;
    const seen = watch(links[1]);
    clock.advance(10);
    void links[0].sendChunk(chunkMessage(1_000_000));
    clock.advance(100);
    links[0].send({ type: 'resume', transfer });
    clock.advance(10);
    expect(seen.messages.map(({ type }) => type)).toEqual(['resume']);
  });
});

describe('ending', () => {
  test('one side closes: both learn of it once, without an error', () => {
    const { links, a, b, clock } = linkPair();
    links[0].close();
    links[0].close();
    clock.advance(100);
    expect([a.closed, b.closed]).toEqual([[undefined], [undefined]]);
    expect(links[0].isOpen || links[1].isOpen).toBe(false);
  });

  test('a channel that breaks says why', () => {
    const { channels, a, b } = linkPair();
    channels[0].break();
    expect([a.closed[0]?.code, b.closed[0]?.code]).toEqual(['lost', 'lost']);
  });

  test('chunks that have not left are told so, and nothing can be sent any more', async () => {
    const { link, clock, heard } = linkWithStranger();
    const waiting = link.sendChunk(chunkMessage(10));
    link.close();
    link.send({ type: 'resume', transfer });
    clock.advance(10);
    expect(await waiting).toBe(false);
    expect(await link.sendChunk(chunkMessage(10))).toBe(false);
    expect(heard.map(({ type }) => type)).not.toContain('resume');
  });

  test('dropping a transfer’s chunks leaves the link and other transfers alone', async () => {
    const { links, b, clock } = linkPair();
    const other = 'ffffffff-89ab-4cde-8f01-23456789abcd';
    const dropped = [0, 1].map((index) => links[0].sendChunk(chunkMessage(WINDOW_BYTES * 2, index)));
    const kept = links[0].sendChunk({ ...chunkMessage(1000, 7), transfer: other });
    clock.advance(5);
    links[0].dropChunks(transfer);
    clock.advance(1000);
    expect(await Promise.all([...dropped, kept])).toEqual([false, false, true]);
    expect(b.messages).toEqual([{ ...chunkMessage(1000, 7), transfer: other }]);
  });

  test('garbage ends the link with its reason, and what follows is not heard', () => {
    const { seen, say, far, clock } = linkWithStranger();
    say(hello('x'));
    far.send(Uint8Array.of(0xff));
    far.send(new Uint8Array(3));
    clock.advance(1);
    expect(seen.closed).toEqual([expect.objectContaining({ code: 'message-malformed' })]);
  });

  test('a listener that closes the link in the middle of a frame hears no more of it', () => {
    const { link, seen, far, say, clock } = linkWithStranger();
    say(hello('x'));
    link.events.on('message', () => link.close());
    const outbox = new Outbox(WIRE_LIMITS.frameBytes);
    for (const type of ['decline', 'resume'] as const) outbox.pushControl(encode({ type, transfer }));
    far.send(outbox.nextFrame(0)!.frame);
    clock.advance(1);
    expect(seen.messages.map(({ type }) => type)).toEqual(['decline']);
  });
});

test('answers that a peer asks for and never reads are bounded', () => {
  const { seen, say, link, near } = linkWithStranger();
  say(hello('x'));
  near.bufferedBytes = Number.POSITIVE_INFINITY;
  const entry = { path: ['x'.repeat(1000)], sizeBytes: 0, modifiedMs: 0, mediaType: '' };
  const page = { type: 'manifest', transfer, firstEntry: 0, entries: Array<typeof entry>(50).fill(entry) } as const;
  for (let sent = 0; sent < 50; sent++) link.send(page);
  expect(seen.closed).toEqual([]);
  for (let sent = 0; sent < 50; sent++) link.send(page);
  expect(seen.closed).toEqual([expect.objectContaining({ code: 'limit-exceeded' })]);
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
