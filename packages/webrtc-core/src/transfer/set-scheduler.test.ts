import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Bitfield } from '../content/bitfield.ts';
import { CHUNK_BYTES } from '../content/chunk.ts';
import { indexesOf } from '../content/run.ts';
import { columnSets } from '../testing/column-sets.ts';
import { sizedLayout } from '../testing/sized-manifest.ts';
import { outstandingBytes } from './outstanding.ts';
import { MOST_HEDGES, SetScheduler } from './set-scheduler.ts';
import { LOOK_AHEAD_SETS } from './set-window.ts';

const FULL = LOOK_AHEAD_SETS + 1;

/** Sets of one chunk of each column, which sources have by the column's number. Full chunks make columns of entries. */
function setUp({ columns = 6, count = 20, needed = 4, isFull = false, held = [] as number[] } = {}) {
  const sets = columnSets({ columns, count, needed });
  const sizes = isFull ? Array<number>(columns).fill(count * CHUNK_BYTES) : Array<number>(columns * count).fill(10);
  const layout = sizedLayout(sizes);
  const have = new Bitfield(layout.chunkCount);
  for (const set of held) for (const chunk of sets.chunksOf(set)) have.set(chunk);
  const scheduler = new SetScheduler(sets, layout, have);
  let nowMs = 0;
  const outstanding: { source: string; chunk: number }[] = [];
  return {
    ...{ sets, layout, scheduler, outstanding },
    setsOf: (source: string) => outstanding.filter((one) => one.source === source).map(({ chunk }) => chunk % count),
    columnsOf: (set: number) =>
      outstanding.filter(({ chunk }) => chunk % count === set).map(({ chunk }) => (chunk / count) | 0),
    /** A source of some columns. */
    add: (source: string, ...own: number[]) => {
      scheduler.addSource(source, (chunk) => own.includes(Math.floor(chunk / count)));
    },
    pass: (ms: number) => {
      nowMs += ms;
    },
    ask: () => {
      const asked: { source: string; chunk: number }[] = [];
      for (const [source, runs] of scheduler.next(nowMs)) {
        for (const chunk of indexesOf(runs)) asked.push({ source, chunk });
      }
      outstanding.push(...asked);
      return asked;
    },
    remove: (source: string) => {
      scheduler.removeSource(source);
      for (let at = outstanding.length - 1; at >= 0; at--)
        if (outstanding[at]!.source === source) outstanding.splice(at, 1);
    },
    /** Comes from a source, and the set is whole with it, or not. */
    arrive: (source: string, chunk: number, isWhole = false) => {
      scheduler.arrived(source, chunk, nowMs);
      for (let at = outstanding.length - 1; at >= 0; at--)
        if (outstanding[at]!.chunk === chunk) outstanding.splice(at, 1);
      if (!isWhole) return;
      for (const one of sets.chunksOf(sets.setOf(chunk))) scheduler.landed(one);
      for (let at = outstanding.length - 1; at >= 0; at--) {
        if (sets.setOf(outstanding[at]!.chunk) === sets.setOf(chunk)) outstanding.splice(at, 1);
      }
    },
  };
}

describe('what is asked', () => {
  test('of each set so many as are needed, the first sets first, and no further than the look-ahead', () => {
    const { ask, add, columnsOf } = setUp();
    for (const at of [0, 1, 2, 3, 4, 5]) add(`${at}`, at);
    const asked = ask();
    expect(new Set(asked.map(({ chunk }) => chunk % 20))).toEqual(new Set([0, 1, 2, 3, 4]));
    for (let set = 0; set < FULL; set++) expect(columnsOf(set)).toHaveLength(4);
    expect(ask()).toEqual([]);
  });

  test('the first set of those that are best to have, and all sources have about as much to do', () => {
    const { ask, add, columnsOf, setsOf } = setUp();
    for (const at of [0, 1, 2, 3, 4, 5]) add(`${at}`, at);
    ask();
    expect(columnsOf(0).sort()).toEqual([0, 1, 2, 3]);
    for (const at of [0, 1, 2, 3, 4, 5]) expect(setsOf(`${at}`).length).toBeGreaterThanOrEqual(2);
    for (const at of [0, 1, 2, 3, 4, 5]) expect(setsOf(`${at}`).length).toBeLessThanOrEqual(4);
  });

  test('nothing of what is held, and one set more for each that becomes whole', () => {
    const { ask, add, arrive } = setUp({ held: [0, 2] });
    for (const at of [0, 1, 2, 3]) add(`${at}`, at);
    expect(new Set(ask().map(({ chunk }) => chunk % 20))).toEqual(new Set([1, 3, 4, 5]));
    for (const at of [0, 1, 2, 3]) arrive(`${at}`, at * 20 + 1, at === 3);
    expect(new Set(ask().map(({ chunk }) => chunk % 20))).toEqual(new Set([6, 7]));
  });

  test('what came counts, and is not asked for again', () => {
    const { ask, add, arrive, scheduler } = setUp();
    for (const at of [0, 1, 2, 3, 4, 5]) add(`${at}`, at);
    ask();
    arrive('0', 0);
    expect([scheduler.isKept(0), scheduler.isKept(20), ask()]).toEqual([true, false, []]);
  });

  test('of one source with several columns all that it has, within what may be outstanding', () => {
    const { ask, add, layout } = setUp({ isFull: true });
    add('all', 0, 1, 2, 3, 4, 5);
    const bytes = ask().reduce((sum, { chunk }) => sum + layout.lengthOf(chunk), 0);
    expect(bytes).toBe(outstandingBytes(1));
  });

  test('copies: one chunk of each set is enough', () => {
    const { ask, add } = setUp({ columns: 3, needed: 1 });
    for (const at of [0, 1, 2]) add(`${at}`, at);
    expect(
      ask()
        .map(({ chunk }) => chunk % 20)
        .sort(),
    ).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('what does not come', () => {
  test('is asked of others when its source is gone', () => {
    const { ask, add, columnsOf, remove } = setUp();
    for (const at of [0, 1, 2, 3]) add(`${at}`, at);
    ask();
    add('4', 4);
    remove('1');
    expect(ask().every(({ source }) => source === '4')).toBe(true);
    for (let set = 0; set < FULL; set++) expect(columnsOf(set).sort()).toEqual([0, 2, 3, 4]);
  });

  test('or is damaged is replaced by any other, of somebody else first', () => {
    const { ask, add, scheduler } = setUp();
    for (const at of [0, 1, 2, 3, 4]) add(`${at}`, at);
    const asked = ask().find(({ chunk }) => chunk % 20 === 0)!;
    scheduler.failed(asked.source, asked.chunk);
    const [instead] = ask();
    expect(instead!.chunk % 20).toBe(0);
    expect(instead!.source).not.toBe(asked.source);
  });

  test('or is damaged is asked for again where there is no other', () => {
    const { ask, add, scheduler } = setUp();
    for (const at of [0, 1, 2, 3]) add(`${at}`, at);
    ask();
    scheduler.failed('2', 40);
    expect(ask()).toEqual([{ source: '2', chunk: 40 }]);
  });

  test('or is a copy that was dropped for a damaged one is asked for again', () => {
    const { ask, add, pass, scheduler } = setUp({ columns: 4, count: 1 });
    for (const at of [0, 1, 2, 3]) add(`${at}`, at);
    ask();
    pass(31_000);
    add('again', 2);
    expect(ask()).toEqual([{ source: 'again', chunk: 2 }]);
    scheduler.failed('2', 2);
    scheduler.lost('again', 2);
    expect(scheduler.isBusy('again')).toBe(false);
    expect(ask()).toEqual([{ source: 'again', chunk: 2 }]);
  });

  test('what could not be stored is missing again', () => {
    const { ask, add, arrive, scheduler } = setUp();
    for (const at of [0, 1, 2, 3]) add(`${at}`, at);
    ask();
    arrive('2', 40);
    scheduler.lost('2', 40);
    expect(ask()).toEqual([{ source: '2', chunk: 40 }]);
  });
});

describe('hedges', () => {
  /** Four sources that took 1 s a chunk for a while, and two that have nothing to do. */
  function withUsualTimes() {
    const context = setUp();
    const { add, ask, pass, arrive } = context;
    for (const at of [0, 1, 2, 3]) add(`${at}`, at);
    ask();
    pass(1000);
    for (const at of [0, 1, 2, 3]) arrive(`${at}`, at * 20, at === 3);
    ask();
    return context;
  }

  test('none before something takes twice as long as usual, then one for each', () => {
    const { add, ask, pass, columnsOf } = withUsualTimes();
    add('4', 4);
    add('5', 5);
    pass(800);
    expect(ask()).toEqual([]);
    pass(1300);
    // What was asked for first takes too long now: both help out, with other chunks.
    const hedges = ask();
    expect(hedges.map(({ source }) => source).sort()).toEqual(['4', '5']);
    expect(hedges.every(({ chunk }) => chunk % 20 === 1)).toBe(true);
    expect(columnsOf(1)).toHaveLength(6);
  });

  test('of whoever is silent at once, and not any more once it is heard of', () => {
    const { add, ask, scheduler, arrive } = withUsualTimes();
    scheduler.quiet('1');
    add('4', 4);
    const [hedge, ...more] = ask();
    expect([hedge!.source, hedge!.chunk % 20, more]).toEqual(['4', 1, []]);
    arrive('4', hedge!.chunk);
    arrive('1', 22);
    expect(ask().filter(({ source }) => source === '4')).toEqual([]);
  });

  test('of whoever has the same chunk, where no other is to be had', () => {
    const { add, ask, pass } = withUsualTimes();
    add('again', 2);
    pass(5000);
    expect(ask()).toEqual([{ source: 'again', chunk: 41 }]);
  });

  test('more than three that are slow do not hold a set: hedges that came make room for others', () => {
    const { add, ask, pass, arrive, columnsOf } = setUp({ columns: 16, needed: 6, count: 2, held: [1] });
    for (let at = 0; at < 6; at++) add(`slow${at}`, at);
    ask();
    for (let at = 6; at < 12; at++) add(`quick${at}`, at);
    pass(40_000);
    const first = ask();
    expect(first).toHaveLength(MOST_HEDGES);
    for (const { source, chunk } of first) arrive(source, chunk);
    const second = ask();
    expect(second).toHaveLength(MOST_HEDGES);
    expect(columnsOf(0)).toHaveLength(6 + MOST_HEDGES);
  });

  test('of those that drip keep no place', () => {
    const { add, ask, pass } = setUp({ columns: 16, needed: 6, count: 1 });
    for (let at = 0; at < 6; at++) add(`slow${at}`, at);
    for (let at = 6; at < 9; at++) add(`drip${at}`, at);
    expect(ask()).toHaveLength(6 + MOST_HEDGES);
    for (let at = 9; at < 12; at++) add(`quick${at}`, at);
    pass(9000);
    expect(ask()).toEqual([]);
    pass(25_000);
    expect(ask().map(({ source }) => source)).toEqual(['quick9', 'quick10', 'quick11']);
  });

  test('are not what who drips is for: it is asked last, for anything', () => {
    const { add, ask, pass, arrive, scheduler } = setUp({ columns: 2, needed: 1 });
    const has = new Set([0]);
    scheduler.addSource('drip', (chunk) => has.has(chunk));
    add('other', 1);
    expect(ask().map(({ source }) => source)).toEqual(['drip', 'other', 'other', 'other', 'other']);
    pass(31_000);
    arrive('other', 24, true);
    arrive('other', 23);
    scheduler.lost('other', 23);
    has.add(3);
    // The one that drips has less to do, and what is best to have.
    expect(ask()).toEqual([{ source: 'other', chunk: 23 }]);
  });

  test('the last set is hedged at once', () => {
    const { add, ask } = setUp({ count: 1, columns: 12 });
    for (let at = 0; at < 12; at++) add(`${at}`, at);
    expect(ask()).toHaveLength(4 + MOST_HEDGES);
  });
});

describe('chunks that do not fit together', () => {
  test('are asked for again last of all, and so are others of their columns', () => {
    const { add, ask, arrive, scheduler, columnsOf } = setUp({ columns: 4, needed: 2, isFull: true });
    for (const at of [0, 1]) add(`${at}`, at);
    ask();
    for (const at of [0, 1]) for (let set = 4; set >= 0; set--) arrive(`${at}`, at * 20 + set, at === 1 && set > 0);
    for (const at of [2, 3]) add(`${at}`, at);
    expect(scheduler.rejected(0, [0, 20])).toBe(1);
    ask();
    // Everybody has as little to do, and the first columns would be best to have.
    expect(columnsOf(0).sort()).toEqual([2, 3]);
    for (const at of [2, 3]) arrive(`${at}`, at * 20, at === 3);
    ask();
    expect(columnsOf(5).sort()).toEqual([2, 3]);
  });

  test('are as good as others again once they were part of what fits', () => {
    const { add, ask, arrive, scheduler, columnsOf } = setUp({ columns: 3, needed: 2, isFull: true });
    for (const at of [0, 1]) add(`${at}`, at);
    ask();
    for (const at of [0, 1]) for (let set = 4; set >= 0; set--) arrive(`${at}`, at * 20 + set, at === 1 && set > 0);
    scheduler.rejected(0, [0, 20]);
    for (const { source, chunk } of ask()) arrive(source, chunk, source === '1');
    add('2', 2);
    ask();
    expect(columnsOf(5).sort()).toEqual([0, 1]);
  });

  test('one wrong column is found out although only one more is there', () => {
    for (let wrong = 0; wrong < 5; wrong++) {
      const { add, ask, scheduler, arrive, outstanding } = setUp({ columns: 5, count: 1 });
      for (let at = 0; at < 5; at++) add(`${at}`, at);
      const kept = new Set<number>();
      for (let tries = 0; ; ) {
        ask();
        const { source, chunk } = outstanding[0]!;
        arrive(source, chunk);
        kept.add(chunk);
        if (kept.size < 4) continue;
        if (!kept.has(wrong)) break;
        tries = scheduler.rejected(0, [...kept]);
        kept.clear();
        expect(tries).toBeLessThanOrEqual(5);
      }
    }
  });
});

test('what may be asked for soon is told once', () => {
  const { scheduler, arrive } = setUp({ columns: 2, needed: 1 });
  expect([...new Set(scheduler.takeUpcoming().map((chunk) => chunk % 20))]).toEqual([0, 1, 2, 3, 4]);
  expect(scheduler.takeUpcoming()).toEqual([]);
  arrive('a', 1, true);
  expect(scheduler.takeUpcoming()).toEqual([]);
  arrive('a', 0, true);
  expect(scheduler.takeUpcoming()).toEqual([5, 25, 6, 26]);
});

test('whatever happens: every set becomes whole, within the look-ahead, and with few chunks more than are needed', () => {
  const schedules = fc.record({
    columns: fc.integer({ min: 1, max: 12 }),
    spare: fc.integer({ min: 0, max: 11 }),
    count: fc.integer({ min: 1, max: 12 }),
    owners: fc.array(fc.array(fc.nat(11), { maxLength: 3 }), { maxLength: 8 }),
    picks: fc.array(fc.nat(10_000), { maxLength: 300 }),
  });
  fc.assert(
    fc.property(schedules, ({ columns, spare, count, owners, picks }) => {
      const needed = Math.max(1, columns - spare);
      const { sets, add, ask, pass, arrive, remove, scheduler, outstanding } = setUp({ columns, count, needed });
      const kept = new Map<number, Set<number>>();
      const whole = new Set<number>();
      // Somebody has everything, so that it can end.
      add('all', ...Array.from({ length: columns }, (_, at) => at));
      for (const [at, own] of owners.entries()) add(`${at}`, ...own);
      for (let turn = 0; whole.size < count; turn++) {
        const pick = picks[turn] ?? 0;
        pass(pick % 500);
        const lacking = (set: number) => {
          const asked = new Set(outstanding.map(({ chunk }) => chunk).filter((chunk) => sets.setOf(chunk) === set));
          return Math.max(0, needed - (kept.get(set)?.size ?? 0) - asked.size);
        };
        const lackingBefore = Array.from({ length: count }, (_, set) => lacking(set));
        const asked = ask();
        const first = Array.from({ length: count }, (_, set) => set).find((set) => !whole.has(set))!;
        for (let set = 0; set < count; set++) {
          const underWay = outstanding.filter(({ chunk }) => sets.setOf(chunk) === set).length;
          if (whole.has(set) || set > first + LOOK_AHEAD_SETS) expect(underWay).toBe(0);
          const hedges = asked.filter(({ chunk }) => sets.setOf(chunk) === set).length - lackingBefore[set]!;
          expect(hedges).toBeLessThanOrEqual(MOST_HEDGES);
          // Whoever helps out has nothing else to do: one chunk more a source at the very most.
          const sourceCount = owners.length + 1;
          expect(underWay + (kept.get(set)?.size ?? 0)).toBeLessThanOrEqual(needed + sourceCount + MOST_HEDGES);
        }
        // Nobody is asked for the same twice at once.
        expect(new Set(outstanding.map(({ source, chunk }) => `${source} ${chunk}`)).size).toBe(outstanding.length);
        // Nothing outstanding while something is missing would be a transfer that hangs.
        expect(outstanding.length).toBeGreaterThan(0);
        const { source, chunk } = outstanding[pick % outstanding.length]!;
        if (pick % 11 === 10) {
          scheduler.failed(source, chunk);
          outstanding.splice(
            outstanding.findIndex((one) => one.source === source && one.chunk === chunk),
            1,
          );
        } else if (pick % 13 === 12) {
          remove(source);
          if (source === 'all') add('all', ...Array.from({ length: columns }, (_, at) => at));
        } else if (pick % 17 === 16) {
          scheduler.quiet(source);
        } else {
          const set = sets.setOf(chunk);
          const ofSet = kept.get(set) ?? new Set();
          kept.set(set, ofSet.add(chunk));
          const isWhole = ofSet.size >= needed;
          arrive(source, chunk, isWhole);
          if (isWhole) {
            whole.add(set);
            kept.delete(set);
          }
        }
      }
      expect(ask()).toEqual([]);
      for (const source of ['all', ...owners.keys()]) expect(scheduler.isBusy(`${source}`)).toBe(false);
    }),
    { numRuns: 150 },
  );
});
