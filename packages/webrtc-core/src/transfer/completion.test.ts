import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Bitfield } from '../content/bitfield.ts';
import { CHUNK_BYTES } from '../content/chunk.ts';
import { indexesOf } from '../content/run.ts';
import { sizedLayout } from '../testing/sized-manifest.ts';
import { Completion } from './completion.ts';

/** Entries of two chunks, none, one, one. */
const layout = sizedLayout([CHUNK_BYTES + 1, 0, 9, 9]);
const nothing = () => new Bitfield(layout.chunkCount);

test('an empty entry is whole from the start, others when their last chunk lands', () => {
  const completion = new Completion(layout, nothing());
  expect(completion.takeUnsaid()).toEqual([{ first: 1, count: 1 }]);
  completion.landed(1);
  expect(completion.takeUnsaid()).toEqual([]);
  completion.landed(0);
  completion.landed(3);
  expect(completion.takeUnsaid()).toEqual([
    { first: 0, count: 1 },
    { first: 3, count: 1 },
  ]);
  expect(completion.allWhole).toBe(false);
  completion.landed(2);
  expect(completion.allWhole).toBe(true);
});

test('in whatever order chunks land, an entry is whole exactly when all of its chunks are held', () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 3 * CHUNK_BYTES }), { maxLength: 12 });
  fc.assert(
    fc.property(sizes, fc.array(fc.nat()), (list, order) => {
      const any = sizedLayout(list);
      const held = new Bitfield(any.chunkCount);
      const landings = [...new Set(order.map((pick) => (any.chunkCount ? pick % any.chunkCount : 0)))];
      const before = any.chunkCount ? landings.splice(0, landings.length / 2) : [];
      for (const chunk of before) held.set(chunk);
      const completion = new Completion(any, held);
      const said = new Set<number>();
      for (const chunk of any.chunkCount ? landings : []) {
        held.set(chunk);
        completion.landed(chunk);
      }
      for (const entry of indexesOf(completion.takeUnsaid())) said.add(entry);
      for (let entry = 0; entry < any.entryCount; entry++) {
        const isWhole = [...indexesOf([any.chunksOf(entry)])].every((chunk) => held.has(chunk));
        expect([said.has(entry), completion.isWhole({ first: entry, count: 1 })]).toEqual([isWhole, isWhole]);
      }
      expect(completion.allWhole).toBe(held.isFull);
    }),
  );
});

test('what was held before is whole at once', () => {
  const held = nothing();
  for (const chunk of [0, 1, 2]) held.set(chunk);
  const completion = new Completion(layout, held);
  expect(completion.takeUnsaid()).toEqual([{ first: 0, count: 3 }]);
  expect(completion.isWhole({ first: 0, count: 3 })).toBe(true);
  expect(completion.isWhole({ first: 0, count: 4 })).toBe(false);
  expect(completion.isWhole({ first: 3, count: 1 })).toBe(false);
});

test('on a new link what was said and not answered is said again, what was agreed is not', () => {
  const held = nothing();
  for (const chunk of [0, 1, 2]) held.set(chunk);
  const completion = new Completion(layout, held);
  completion.takeUnsaid();
  completion.agree({ first: 1, count: 1 });
  completion.repeat();
  expect(completion.takeUnsaid()).toEqual([
    { first: 0, count: 1 },
    { first: 2, count: 1 },
  ]);
});

test('after a new link everything is said at the end, for a sender that forgot what was agreed', () => {
  const held = nothing();
  for (const chunk of [0, 1, 2]) held.set(chunk);
  const completion = new Completion(layout, held);
  completion.takeUnsaid();
  completion.agree({ first: 0, count: 3 });
  completion.repeat();
  expect(completion.takeUnsaid()).toEqual([]);
  completion.landed(3);
  expect(completion.takeUnsaid()).toEqual([{ first: 0, count: 4 }]);
  completion.repeat();
  expect(completion.takeUnsaid()).toEqual([{ first: 0, count: 4 }]);
  completion.agree({ first: 0, count: 4 });
  expect([completion.allAgreed, completion.agreed.count]).toEqual([true, 4]);
});

test('an answer that comes before it was asked for need not be asked for', () => {
  const completion = new Completion(layout, nothing());
  completion.agree({ first: 1, count: 1 });
  expect(completion.takeUnsaid()).toEqual([]);
});
