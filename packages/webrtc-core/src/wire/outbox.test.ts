import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFragmentHead } from './fragment.ts';
import { FrameReader } from './framing.ts';
import { Outbox } from './outbox.ts';

const CONTROL_TAG = 4;
const CHUNK_TAG = 10;
const NOTHING = new Uint8Array(0);
const ENOUGH = Number.MAX_SAFE_INTEGER;

const control = (length: number, fill = 0) => {
  const head = new Uint8Array(length).fill(fill);
  head[0] = CONTROL_TAG;
  return { head, payload: NOTHING };
};
const chunk = (length: number, fill = 0) => ({
  head: Uint8Array.of(CHUNK_TAG, fill),
  payload: new Uint8Array(length - 2).fill(fill),
});

/** Everything the outbox has, read as the other side reads it: each message's fill byte and length. */
function readAll(outbox: Outbox, creditBytes = ENOUGH): string[] {
  const read: string[] = [];
  const frames = new FrameReader((bytes) => read.push(`${bytes.at(-1)}:${bytes.length}`));
  for (let next = outbox.nextFrame(creditBytes); next; next = outbox.nextFrame(creditBytes)) {
    expect(frames.read(next.frame)).toBe(next.chunkBytes);
  }
  return read;
}

/** Slots of a frame's fragments, in order. */
function slotsOf(frame: Uint8Array): number[] {
  const slots: number[] = [];
  for (let at = 0; at < frame.length; ) {
    const head = readFragmentHead(frame, at);
    slots.push(head.slot);
    at = head.next + head.length;
  }
  return slots;
}

test('whatever is queued arrives whole, each transfer’s chunks and all control in their order', () => {
  const queued = fc.record({ stream: fc.nat(4), length: fc.integer({ min: 3, max: 400 }) });
  const frameBytes = fc.integer({ min: 20, max: 300 });
  fc.assert(
    fc.property(
      fc.array(queued, { maxLength: 30 }),
      frameBytes,
      fc.integer({ min: 1, max: 500 }),
      (list, size, credit) => {
        const outbox = new Outbox(size);
        const expected = new Map<number, string[]>();
        for (const { stream, length } of list) {
          // Stream 0 stands for control; the fill byte tells streams apart at the other end.
          if (stream === 0) outbox.pushControl(control(length, stream));
          else void outbox.pushChunk(`${stream}`, chunk(length, stream));
          expected.set(stream, [...(expected.get(stream) ?? []), `${stream}:${length}`]);
        }
        const read = readAll(outbox, credit);
        for (const [stream, messages] of expected) {
          expect(read.filter((one) => one.startsWith(`${stream}:`))).toEqual(messages);
        }
        expect(read.length).toBe(list.length);
      },
    ),
  );
});

test('no frame is larger than said or carries more chunk bytes than the credit', () => {
  fc.assert(
    fc.property(fc.integer({ min: 20, max: 200 }), fc.nat(300), (size, credit) => {
      const outbox = new Outbox(size);
      outbox.pushControl(control(150));
      for (const stream of ['a', 'b']) void outbox.pushChunk(stream, chunk(500));
      for (let count = 0; count < 20; count++) {
        const next = outbox.nextFrame(credit);
        if (!next) return;
        expect(next.frame.length).toBeLessThanOrEqual(size);
        expect(next.chunkBytes).toBeLessThanOrEqual(credit);
      }
    }),
  );
});

test('an empty outbox has no frame, and without credit chunks wait while control goes', () => {
  const outbox = new Outbox(1000);
  expect(outbox.nextFrame(ENOUGH)).toBeUndefined();
  void outbox.pushChunk('a', chunk(100));
  expect(outbox.nextFrame(0)).toBeUndefined();
  outbox.pushControl(control(10));
  expect(outbox.nextFrame(0)).toMatchObject({ chunkBytes: 0 });
  expect(outbox.nextFrame(0)).toBeUndefined();
  expect(outbox.nextFrame(30)).toMatchObject({ chunkBytes: 30 });
});

test('control goes before the rest of a chunk that has begun', () => {
  const outbox = new Outbox(100);
  void outbox.pushChunk('a', chunk(1000, 1));
  outbox.nextFrame(ENOUGH);
  outbox.pushControl(control(20, 2));
  expect(slotsOf(outbox.nextFrame(ENOUGH)!.frame)[0]).toBe(0);
});

test('two transfers take turns frame by frame', () => {
  const outbox = new Outbox(100);
  for (const stream of ['a', 'b']) for (let count = 0; count < 2; count++) void outbox.pushChunk(stream, chunk(1000));
  const turns = Array.from({ length: 12 }, () => slotsOf(outbox.nextFrame(ENOUGH)!.frame)[0]);
  const [a, b] = turns;
  expect(a).not.toBe(b);
  expect(turns).toEqual(turns.map((_, index) => (index % 2 === 0 ? a : b)));
});

test('more transfers than slots all get through', () => {
  const outbox = new Outbox(64);
  for (let stream = 0; stream < 100; stream++) void outbox.pushChunk(`${stream}`, chunk(200, stream));
  expect(new Set(readAll(outbox)).size).toBe(100);
});

describe('dropping', () => {
  test('tells of each chunk once whether it left', async () => {
    const outbox = new Outbox(300);
    const settled = [
      outbox.pushChunk('a', chunk(200)),
      outbox.pushChunk('a', chunk(200)),
      outbox.pushChunk('a', chunk(200)),
    ];
    outbox.nextFrame(ENOUGH);
    outbox.drop('a');
    expect(await Promise.all(settled)).toEqual([true, false, false]);
  });

  test('a chunk half sent is abandoned: the other side never sees it, and others are not disturbed', () => {
    const outbox = new Outbox(100);
    const read: number[] = [];
    const frames = new FrameReader((bytes) => read.push(bytes.at(-1)!));
    for (const fill of [1, 2]) void outbox.pushChunk(`${fill}`, chunk(500, fill));
    for (let count = 0; count < 3; count++) frames.read(outbox.nextFrame(ENOUGH)!.frame);
    outbox.drop('1');
    void outbox.pushChunk('1', chunk(400, 3));
    for (let next = outbox.nextFrame(ENOUGH); next; next = outbox.nextFrame(ENOUGH)) frames.read(next.frame);
    expect(read.sort()).toEqual([2, 3]);
  });

  test('slots come back, however often transfers are dropped half sent', () => {
    const outbox = new Outbox(100);
    const frames = new FrameReader(() => {});
    for (let round = 0; round < 200; round++) {
      void outbox.pushChunk(`${round}`, chunk(500));
      const next = outbox.nextFrame(ENOUGH)!;
      expect(next.chunkBytes).toBeGreaterThan(0);
      frames.read(next.frame);
      outbox.drop(`${round}`);
    }
  });

  test('everything drops control too', async () => {
    const outbox = new Outbox(100);
    const settled = [outbox.pushChunk('a', chunk(50)), outbox.pushChunk('b', chunk(50))];
    outbox.pushControl(control(10));
    outbox.dropAll();
    expect(await Promise.all(settled)).toEqual([false, false]);
    expect(outbox.nextFrame(ENOUGH)).toBeUndefined();
  });

  test('what was never queued is no error', () => {
    new Outbox(100).drop('a');
  });
});
