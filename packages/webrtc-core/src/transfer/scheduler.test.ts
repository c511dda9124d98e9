import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Bitfield } from '../content/bitfield.ts';
import { CHUNK_BYTES } from '../content/chunk.ts';
import { indexesOf } from '../content/run.ts';
import { sizedLayout } from '../testing/sized-manifest.ts';
import { OUTSTANDING_BYTES, OUTSTANDING_CHUNKS } from './outstanding.ts';
import { Scheduler } from './scheduler.ts';

const sizes = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 700 }),
  fc.array(fc.integer({ min: 0, max: 4 * CHUNK_BYTES }), { maxLength: 15 }),
);

function holding(length: number, held: Iterable<number> = []): Bitfield {
  const bitfield = new Bitfield(length);
  for (const chunk of held) bitfield.set(chunk);
  return bitfield;
}

const take = (scheduler: Scheduler, source = 'a') => [...indexesOf(scheduler.take(source))];

describe('whatever answers in whatever order', () => {
  // Each number picks what happens to an outstanding chunk: mostly it lands; it may fail, or its source may go.
  const happenings = fc.array(fc.nat(1000), { maxLength: 400 });

  test('every missing chunk is asked for, never twice at once, never one that is held, and it ends', () => {
    fc.assert(
      fc.property(sizes, fc.array(fc.nat()), happenings, (list, heldPicks, picks) => {
        const layout = sizedLayout(list);
        const held = holding(
          layout.chunkCount,
          layout.chunkCount ? heldPicks.map((pick) => pick % layout.chunkCount) : [],
        );
        const scheduler = new Scheduler(layout, held);
        const outstanding = new Map<string, Set<number>>();
        const ask = (source: string) => {
          const mine = outstanding.get(source)!;
          for (const chunk of take(scheduler, source)) {
            expect(held.has(chunk)).toBe(false);
            for (const others of outstanding.values()) expect(others.has(chunk)).toBe(false);
            mine.add(chunk);
          }
          const bytes = [...mine].reduce((sum, chunk) => sum + layout.lengthOf(chunk), 0);
          expect(bytes).toBeLessThanOrEqual(OUTSTANDING_BYTES);
          expect(mine.size).toBeLessThanOrEqual(OUTSTANDING_CHUNKS);
        };
        for (const source of ['a', 'b']) {
          scheduler.addSource(source);
          outstanding.set(source, new Set());
          ask(source);
        }
        for (let turn = 0; !held.isFull; turn++) {
          const pick = picks[turn] ?? 0;
          const busy = [...outstanding].filter(([, chunks]) => chunks.size > 0);
          // Nothing outstanding while something is missing would be a transfer that hangs.
          expect(busy.length).toBeGreaterThan(0);
          const [source, chunks] = busy[pick % busy.length]!;
          const chunk = [...chunks][pick % chunks.size]!;
          chunks.delete(chunk);
          if (pick % 10 === 9) {
            scheduler.failed(source, chunk);
          } else if (pick % 50 === 8) {
            scheduler.removeSource(source);
            scheduler.addSource(source);
            chunks.clear();
          } else {
            held.set(chunk);
            scheduler.landed(chunk);
          }
          for (const each of outstanding.keys()) ask(each);
        }
        expect([take(scheduler, 'a'), take(scheduler, 'b')]).toEqual([[], []]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the window', () => {
  test('eight full chunks at once, in order, then one for one', () => {
    const scheduler = new Scheduler(sizedLayout([20 * CHUNK_BYTES]), holding(20));
    scheduler.addSource('a');
    expect(take(scheduler)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(take(scheduler)).toEqual([]);
    scheduler.landed(3);
    expect(take(scheduler)).toEqual([8]);
  });

  test('small chunks are asked for many at once, and again only when it is worth a message', () => {
    const scheduler = new Scheduler(sizedLayout(new Array(2000).fill(10)), holding(2000));
    scheduler.addSource('a');
    expect(take(scheduler).length).toBe(OUTSTANDING_CHUNKS);
    const enough = OUTSTANDING_CHUNKS / 8;
    for (let chunk = 0; chunk < enough - 1; chunk++) scheduler.landed(chunk);
    expect(take(scheduler)).toEqual([]);
    scheduler.landed(enough - 1);
    expect(take(scheduler).length).toBe(enough);
  });
});

describe('sources', () => {
  test('whoever is unknown or gone is asked for nothing', () => {
    const scheduler = new Scheduler(sizedLayout([1, 1]), holding(2));
    expect(take(scheduler)).toEqual([]);
    scheduler.addSource('a');
    scheduler.removeSource('a');
    expect(take(scheduler)).toEqual([]);
  });

  test('what one had outstanding is asked of the other once it is gone, first things first', () => {
    const scheduler = new Scheduler(sizedLayout([10 * CHUNK_BYTES]), holding(10));
    scheduler.addSource('a');
    scheduler.addSource('b');
    expect(take(scheduler, 'a').length).toBe(8);
    expect(take(scheduler, 'b')).toEqual([8, 9]);
    scheduler.landed(0);
    scheduler.removeSource('a');
    expect(take(scheduler, 'b')).toEqual([1, 2, 3, 4, 5, 6]);
  });

  test('a source that is added again keeps what it was asked', () => {
    const scheduler = new Scheduler(sizedLayout([10 * CHUNK_BYTES]), holding(10));
    scheduler.addSource('a');
    take(scheduler);
    scheduler.addSource('a');
    expect(take(scheduler)).toEqual([]);
  });

  test('a chunk that landed after its source had gone is not asked for again', () => {
    const scheduler = new Scheduler(sizedLayout([3 * CHUNK_BYTES]), holding(3));
    scheduler.addSource('a');
    take(scheduler);
    scheduler.removeSource('a');
    scheduler.landed(1);
    scheduler.addSource('a');
    expect(take(scheduler)).toEqual([0, 2]);
  });

  test('a chunk that came from elsewhere is outstanding nowhere', () => {
    const scheduler = new Scheduler(sizedLayout([20 * CHUNK_BYTES]), holding(20));
    scheduler.addSource('a');
    take(scheduler);
    scheduler.removeSource('a');
    scheduler.addSource('a');
    expect(take(scheduler)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    // Answers to the first round arrive late: their room is free again.
    for (let chunk = 0; chunk < 8; chunk++) scheduler.landed(chunk);
    expect(take(scheduler)).toEqual([8, 9, 10, 11, 12, 13, 14, 15]);
  });

  test('only what is outstanding can fail', () => {
    const scheduler = new Scheduler(sizedLayout([2 * CHUNK_BYTES]), holding(2, [0]));
    scheduler.addSource('a');
    scheduler.failed('a', 0);
    scheduler.failed('b', 1);
    expect(take(scheduler)).toEqual([1]);
    scheduler.failed('a', 1);
    scheduler.failed('a', 1);
    expect(take(scheduler)).toEqual([1]);
  });
});

describe('a source that has only some', () => {
  const layout = sizedLayout(Array<number>(10).fill(5));

  test('is asked for that alone, and for more when it has more', () => {
    const scheduler = new Scheduler(layout, holding(10));
    const has = new Set([3, 7]);
    scheduler.addSource('a', (chunk) => has.has(chunk));
    expect(take(scheduler)).toEqual([3, 7]);
    has.add(1);
    expect(take(scheduler)).toEqual([]);
    scheduler.refresh('a');
    expect(take(scheduler)).toEqual([1]);
  });

  test('does not keep others from being asked for the rest', () => {
    const scheduler = new Scheduler(layout, holding(10));
    scheduler.addSource('a', (chunk) => chunk > 7);
    scheduler.addSource('b');
    expect([take(scheduler), take(scheduler, 'b')]).toEqual([
      [8, 9],
      [0, 1, 2, 3, 4, 5, 6, 7],
    ]);
  });

  test('is asked for what another one failed to give, although that was passed over before', () => {
    const scheduler = new Scheduler(layout, holding(10));
    scheduler.addSource('a');
    scheduler.addSource('b');
    take(scheduler);
    expect(take(scheduler, 'b')).toEqual([]);
    scheduler.failed('a', 2);
    expect(take(scheduler, 'b')).toEqual([2]);
  });
});

describe('begun in the middle', () => {
  test('goes round once', () => {
    const layout = sizedLayout(Array<number>(5).fill(CHUNK_BYTES * 4));
    const scheduler = new Scheduler(layout, holding(20, [19, 0]), 17);
    scheduler.addSource('a');
    const order: number[] = [];
    for (let runs = take(scheduler); runs.length > 0; runs = take(scheduler)) {
      for (const chunk of runs) scheduler.landed(chunk);
      order.push(...runs);
    }
    expect(order.slice(0, 8).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 17, 18]);
    expect(order).toHaveLength(18);
  });
});

describe('at the end', () => {
  function twoAtTheEnd() {
    const scheduler = new Scheduler(sizedLayout(Array<number>(6).fill(5)), holding(6));
    scheduler.addSource('slow');
    take(scheduler, 'slow');
    scheduler.addSource('idle');
    return scheduler;
  }

  test('who has nothing to do is asked for half of what the busiest was asked for last', () => {
    const scheduler = twoAtTheEnd();
    expect([take(scheduler, 'idle'), [...indexesOf(scheduler.takeOver('idle'))]]).toEqual([[], [3, 4, 5]]);
    expect(scheduler.takeOver('idle')).toEqual([]);
  });

  test('nothing is asked of a third one while two are asked already', () => {
    const scheduler = twoAtTheEnd();
    scheduler.takeOver('idle');
    scheduler.addSource('other');
    expect([...indexesOf(scheduler.takeOver('other'))]).toEqual([1, 2]);
  });

  test('what one of both brings is settled for both', () => {
    const scheduler = twoAtTheEnd();
    scheduler.takeOver('idle');
    for (const chunk of [0, 1, 2, 3, 4, 5]) scheduler.landed(chunk);
    expect([scheduler.isBusy('slow'), scheduler.isBusy('idle')]).toEqual([false, false]);
    scheduler.removeSource('slow');
    expect(take(scheduler, 'idle')).toEqual([]);
  });

  test('what one of both loses stays with the other', () => {
    const scheduler = twoAtTheEnd();
    scheduler.takeOver('idle');
    scheduler.removeSource('slow');
    expect(take(scheduler, 'idle')).toEqual([0, 1, 2]);
    scheduler.failed('idle', 4);
    expect(take(scheduler, 'idle')).toEqual([4]);
  });
});
