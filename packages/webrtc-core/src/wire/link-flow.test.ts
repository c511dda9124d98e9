// How much a link lets through: what was granted, what the bounds on bytes a second allow, and what a peer reads.
import { describe, expect, test } from 'vitest';
import { channelPair } from '../testing/channel-pair.ts';
import { chunkMessage, linkPair, linkWithStranger, transfer, watchLink } from '../testing/link-ground.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { encode } from './codec.ts';
import { hello } from './handshake.ts';
import { WIRE_LIMITS } from './limits.ts';
import { Link } from './link.ts';
import { Outbox } from './outbox.ts';
import type { ChunkMessage } from './pull-message.ts';
import { RateLimit } from './rate-limit.ts';
import { WINDOW_BYTES } from './receive-window.ts';

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

describe('limits on bytes a second', () => {
  const RATE = 1_000_000;
  async function secondsFor(limited: 'send' | 'receive', bytes: number): Promise<number> {
    const clock = new ManualClock();
    const [near, far] = channelPair({ clock, latencyMs: 1 });
    const rates = { send: new RateLimit(clock), receive: new RateLimit(clock) };
    rates[limited].bytesPerSecond = RATE;
    const sender = new Link(near, { clock, ...(limited === 'send' && { rates }) });
    const receiver = new Link(far, { clock, ...(limited === 'receive' && { rates }) });
    const seen = watchLink(receiver);
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
    const seen = watchLink(links[1]);
    clock.advance(10);
    void links[0].sendChunk(chunkMessage(1_000_000));
    clock.advance(100);
    links[0].send({ type: 'resume', transfer });
    clock.advance(10);
    expect(seen.messages.map(({ type }) => type)).toEqual(['resume']);
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
