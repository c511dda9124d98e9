import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHUNK_BYTES } from '../content/chunk.ts';
import { indexesOf, runsOf } from '../content/run.ts';
import { sizedLayout } from '../testing/sized-manifest.ts';
import { RequestQueue } from './request-queue.ts';

/** A queue whose chunks are served when the test says so. */
function setUp(sizes: number[]) {
  const started: number[] = [];
  const serving = new Map<number, () => void>();
  const queue = new RequestQueue(sizedLayout(sizes), (chunk) => {
    started.push(chunk);
    return new Promise((resolve) => serving.set(chunk, resolve));
  });
  const finish = async (chunk: number) => {
    serving.get(chunk)!();
    serving.delete(chunk);
    await Promise.resolve();
  };
  return { queue, started, serving, finish };
}

test('three full chunks at once, then one for one, in the order asked', async () => {
  const { queue, started, finish } = setUp([10 * CHUNK_BYTES]);
  queue.add([{ first: 4, count: 3 }]);
  queue.add([{ first: 0, count: 2 }]);
  expect(started).toEqual([4, 5, 6]);
  await finish(5);
  expect(started).toEqual([4, 5, 6, 0]);
  await finish(4);
  await finish(6);
  expect(started).toEqual([4, 5, 6, 0, 1]);
});

test('of small chunks many at once, but not without end', () => {
  const { queue, started } = setUp(new Array(200).fill(10));
  queue.add([{ first: 0, count: 200 }]);
  expect(started.length).toBe(64);
});

test('a chunk that alone is more than may be served at once would wait for ever, so one always goes', async () => {
  const { queue, started, finish } = setUp([CHUNK_BYTES, CHUNK_BYTES, CHUNK_BYTES - 1, 5]);
  queue.add([{ first: 0, count: 4 }]);
  expect(started).toEqual([0, 1, 2]);
  await finish(0);
  expect(started).toEqual([0, 1, 2, 3]);
});

test('what was dropped is never started; what is asked afterwards is', async () => {
  const { queue, started, finish } = setUp([10 * CHUNK_BYTES]);
  queue.add([{ first: 0, count: 9 }]);
  queue.drop();
  await finish(0);
  expect(started).toEqual([0, 1, 2]);
  queue.add([{ first: 9, count: 1 }]);
  expect(started).toEqual([0, 1, 2, 9]);
});

test('chunks beyond the end are against the protocol', () => {
  const { queue, started } = setUp([5, 5]);
  expect(() => queue.add([{ first: 1, count: 2 }])).toThrow(expect.objectContaining({ code: 'message-malformed' }));
  expect(started.length).toBeLessThan(2);
});

test('a queue of scattered requests without end is an attack', () => {
  const { queue } = setUp(new Array(100_000).fill(1));
  const scattered = Array.from({ length: 4096 }, (_, index) => ({ first: index * 2, count: 1 }));
  const flood = () => {
    for (let message = 0; message < 10; message++) queue.add(scattered);
  };
  expect(flood).toThrow(expect.objectContaining({ code: 'limit-exceeded' }));
});

test('asking does not change the runs that were asked with', () => {
  const { queue } = setUp([5, 5]);
  const runs = [{ first: 0, count: 2 }];
  queue.add(runs);
  expect(runs).toEqual([{ first: 0, count: 2 }]);
});

test('whatever is asked is served, each time once, however it finishes', async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 2 * CHUNK_BYTES }), { minLength: 1, maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(sizes, fc.array(fc.nat(), { maxLength: 60 }), async (list, picks) => {
      const { chunkCount } = sizedLayout(list);
      const { queue, started, serving, finish } = setUp(list);
      const asked = [...new Set(picks.map((pick) => pick % chunkCount))];
      // Each chunk as a message of its own, or neighbours as a run.
      for (const run of runsOf(asked)) queue.add([run]);
      for (const pick of picks.concat(asked)) {
        const waiting = [...serving.keys()];
        if (waiting.length > 0) await finish(waiting[pick % waiting.length]!);
      }
      expect(started).toEqual([...indexesOf(runsOf(asked))]);
      expect(serving.size).toBe(0);
    }),
  );
});
