import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProtocolError } from '../errors.ts';
import { writeFragmentHead } from './fragment.ts';
import { FrameReader } from './framing.ts';
import { MAX_CHUNK_MESSAGE_BYTES, WIRE_LIMITS } from './limits.ts';

/** First bytes of messages: only a chunk's tag matters here. */
const CONTROL_TAG = 4;
const CHUNK_TAG = 10;

interface Fragment {
  slot?: number;
  first?: boolean;
  last?: boolean;
  messageLength?: number;
  bytes: Uint8Array;
}

function frameOf(...fragments: Fragment[]): Uint8Array {
  const frame = new Uint8Array(fragments.reduce((sum, { bytes }) => sum + 9 + bytes.length, 0));
  let at = 0;
  for (const { slot = 0, first = false, last = false, messageLength = 0, bytes } of fragments) {
    at = writeFragmentHead(frame, at, { slot, first, last, messageLength, length: bytes.length });
    frame.set(bytes, at);
    at += bytes.length;
  }
  return frame.subarray(0, at);
}

function reader() {
  const messages: Uint8Array[] = [];
  const releases: (() => void)[] = [];
  const frames = new FrameReader((bytes, release) => {
    messages.push(bytes);
    releases.push(release);
  });
  return { frames, messages, releases };
}

const message = (tag: number, length: number, fill = 1) => {
  const bytes = new Uint8Array(length).fill(fill);
  bytes[0] = tag;
  return bytes;
};
const refusal = (code: string) => expect.objectContaining({ code });

describe('splitting', () => {
  test('a message cut anywhere into any number of frames is whole again', () => {
    const tag = fc.constantFrom(CONTROL_TAG, CHUNK_TAG);
    fc.assert(
      fc.property(
        tag,
        fc.uint8Array({ minLength: 1, maxLength: 200 }),
        fc.array(fc.nat(), { maxLength: 8 }),
        (first, bytes, places) => {
          bytes[0] = first;
          const cuts = [...new Set(places.map((place) => 1 + (place % bytes.length)))].sort((a, b) => a - b);
          const edges = [0, ...cuts.filter((cut) => cut < bytes.length), bytes.length];
          const { frames, messages } = reader();
          let chunkBytes = 0;
          for (let part = 0; part + 1 < edges.length; part++) {
            expect(messages.length).toBe(0);
            const head = { first: part === 0, last: part + 2 === edges.length, messageLength: bytes.length };
            chunkBytes += frames.read(frameOf({ ...head, bytes: bytes.subarray(edges[part], edges[part + 1]) }));
          }
          expect(messages).toEqual([bytes]);
          expect(chunkBytes).toBe(first === CHUNK_TAG ? bytes.length : 0);
        },
      ),
    );
  });

  test('messages of several slots may interleave, also within a frame', () => {
    const { frames, messages } = reader();
    const [a, b] = [message(CHUNK_TAG, 6, 1), message(CONTROL_TAG, 4, 2)];
    const counted = frames.read(
      frameOf(
        { slot: 1, first: true, messageLength: 6, bytes: a.subarray(0, 2) },
        { slot: 0, first: true, messageLength: 4, bytes: b.subarray(0, 3) },
        { slot: 1, bytes: a.subarray(2, 5) },
        { slot: 0, last: true, bytes: b.subarray(3) },
      ),
    );
    expect([counted, messages.length]).toEqual([5, 1]);
    expect(frames.read(frameOf({ slot: 1, last: true, bytes: a.subarray(5) }))).toBe(1);
    expect(messages).toEqual([b, a]);
  });

  test('an abandoned message is never delivered, and its slot is free again', () => {
    const { frames, messages } = reader();
    frames.read(frameOf({ first: true, messageLength: 9, bytes: message(CHUNK_TAG, 4) }));
    frames.read(frameOf({ bytes: new Uint8Array(0) }));
    frames.read(frameOf({ first: true, last: true, bytes: message(CONTROL_TAG, 3) }));
    expect(messages).toEqual([message(CONTROL_TAG, 3)]);
  });
});

describe('buffers', () => {
  const halves = (slot: number, fill: number): [Uint8Array, Uint8Array] => {
    const bytes = message(CHUNK_TAG, 100, fill);
    return [
      frameOf({ slot, first: true, messageLength: 100, bytes: bytes.subarray(0, 50) }),
      frameOf({ slot, last: true, bytes: bytes.subarray(50) }),
    ];
  };

  test('a message stays what it is until it is released, then its buffer is used again', () => {
    const { frames, messages, releases } = reader();
    for (const fill of [1, 2]) for (const frame of halves(0, fill)) frames.read(frame);
    expect(messages[0]).toEqual(message(CHUNK_TAG, 100, 1));
    expect(messages[1]!.buffer).not.toBe(messages[0]!.buffer);
    releases[0]!();
    for (const frame of halves(0, 3)) frames.read(frame);
    expect(messages[2]!.buffer).toBe(messages[0]!.buffer);
    expect(messages[1]).toEqual(message(CHUNK_TAG, 100, 2));
  });
});

describe('from a stranger', () => {
  test('a frame larger than allowed is refused', () => {
    const { frames } = reader();
    expect(() => frames.read(new Uint8Array(WIRE_LIMITS.maxFrameBytes + 1))).toThrow(refusal('limit-exceeded'));
  });

  test.each([
    [CONTROL_TAG, WIRE_LIMITS.maxControlBytes],
    [CHUNK_TAG, MAX_CHUNK_MESSAGE_BYTES],
  ])('a message (tag %i) longer than %i bytes is refused at its first byte', (tag, bound) => {
    const begin = (messageLength: number) =>
      reader().frames.read(frameOf({ first: true, messageLength, bytes: Uint8Array.of(tag) }));
    expect(() => begin(bound)).not.toThrow();
    expect(() => begin(bound + 1)).toThrow(refusal('limit-exceeded'));
  });

  test.each<[string, string, Fragment[]]>([
    ['a first fragment of nothing', 'message-malformed', [{ first: true, last: true, bytes: new Uint8Array(0) }]],
    ['an open one of nothing', 'message-malformed', [{ first: true, messageLength: 3, bytes: new Uint8Array(0) }]],
    [
      'a first fragment longer than its message',
      'message-malformed',
      [{ first: true, messageLength: 2, bytes: message(4, 3) }],
    ],
    ['a fragment of no message', 'message-unexpected', [{ bytes: message(4, 3) }]],
    ['an end of no message', 'message-unexpected', [{ last: true, bytes: message(4, 3) }]],
    ['an abandonment of no message', 'message-unexpected', [{ bytes: new Uint8Array(0) }]],
    [
      'a message within a message',
      'message-unexpected',
      [
        { first: true, messageLength: 9, bytes: message(4, 3) },
        { first: true, last: true, bytes: message(4, 3) },
      ],
    ],
    [
      'more than was said',
      'message-malformed',
      [
        { first: true, messageLength: 5, bytes: message(4, 3) },
        { last: true, bytes: message(4, 3) },
      ],
    ],
    [
      'less than was said',
      'message-malformed',
      [
        { first: true, messageLength: 5, bytes: message(4, 3) },
        { last: true, bytes: message(4, 1) },
      ],
    ],
    [
      'all that was said, and no end',
      'message-malformed',
      [{ first: true, messageLength: 5, bytes: message(4, 3) }, { bytes: message(4, 2) }],
    ],
  ])('%s is refused as %s', (_, code, fragments) => {
    expect(() => reader().frames.read(frameOf(...fragments))).toThrow(refusal(code));
  });

  test('arbitrary frames are read or refused, and nothing longer than allowed is delivered', () => {
    const fragment = fc.record({
      slot: fc.nat(2),
      first: fc.boolean(),
      last: fc.boolean(),
      messageLength: fc.nat(40),
      bytes: fc.uint8Array({ maxLength: 20 }),
    });
    const frame = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.array(fragment, { maxLength: 4 }).map((list) => frameOf(...list)),
    );
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 6 }), (list) => {
        const { frames, messages } = reader();
        try {
          for (const one of list) expect(frames.read(one)).toBeLessThanOrEqual(one.length);
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError);
        }
        for (const bytes of messages) expect(bytes.length).toBeGreaterThan(0);
      }),
      { numRuns: 3000 },
    );
  });
});
