// How a link ends: because the other side is silent, breaks the protocol or closes, or because this one does.
import { describe, expect, test } from 'vitest';
import { chunkMessage, linkPair, linkWithStranger, transfer } from '../testing/link-ground.ts';
import { encode } from './codec.ts';
import { hello } from './handshake.ts';
import { WIRE_LIMITS } from './limits.ts';
import { Outbox } from './outbox.ts';
import { WINDOW_BYTES } from './receive-window.ts';

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
