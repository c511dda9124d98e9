import { describe, expect, test } from 'vitest';
import { Bitfield } from '../content/bitfield.ts';
import { columnSets } from '../testing/column-sets.ts';
import { sizedLayout } from '../testing/sized-manifest.ts';
import { LandedSets, SingleChunks } from './landed-chunks.ts';

test('where every chunk is needed each counts for itself', () => {
  const layout = sizedLayout([5, 0, 7]);
  const held = new Bitfield(2);
  held.set(1);
  const landed = new SingleChunks(layout, held);
  expect([landed.totalBytes, landed.heldBytes(), landed.stored(0)]).toEqual([12, 7, { chunks: [0], bytes: 5 }]);
});

describe('of sets', () => {
  /** Two sets of three chunks, of which two are needed: 10, 4 and 10 bytes. */
  function setUp(...heldSets: number[]) {
    const sets = columnSets({ columns: 3, count: 2, needed: 2 });
    const layout = sizedLayout([10, 10, 4, 4, 10, 10]);
    const held = new Bitfield(6);
    const hold = (set: number) => {
      for (const chunk of sets.chunksOf(set)) held.set(chunk);
    };
    for (const set of heldSets) hold(set);
    return { landed: new LandedSets(sets, layout, held), hold };
  }

  test('only what is needed counts', () => {
    expect(setUp().landed.totalBytes).toBe(28);
    expect([setUp().landed.heldBytes(), setUp(1).landed.heldBytes()]).toEqual([0, 14]);
  });

  test('a chunk that is kept counts, and lands with its set, once', () => {
    const { landed, hold } = setUp();
    expect(landed.stored(0)).toEqual({ chunks: [], bytes: 10 });
    hold(0);
    expect(landed.stored(4)).toEqual({ chunks: [0, 2, 4], bytes: 4 });
    expect(landed.stored(2)).toEqual({ chunks: [], bytes: 0 });
    expect(landed.heldBytes()).toBe(14);
  });

  test('longer chunks than are best to have count no more than is needed', () => {
    const { landed } = setUp();
    const counted = [0, 4, 2].map((chunk) => landed.stored(chunk).bytes);
    expect(counted).toEqual([10, 4, 0]);
  });

  test('what does not fit together is counted anew', () => {
    const { landed, hold } = setUp();
    landed.stored(1);
    expect(landed.rejected(1)).toBe(10);
    expect(landed.rejected(1)).toBe(0);
    hold(1);
    expect(landed.stored(5).bytes).toBe(14);
  });
});
