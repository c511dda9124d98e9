import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHUNK_BYTES } from '../content/chunk.ts';
import { BundleLayout } from '../content/layout.ts';
import type { Manifest, ManifestEntry } from '../content/manifest.ts';
import { indexesOf, runsAreOrdered, runsOf } from '../content/run.ts';
import { EntryMap } from './entry-map.ts';

const id = (byte: number) => new Uint8Array(32).fill(byte);
const file = (path: string, sizeBytes: number, content?: number, modifiedMs = 0): ManifestEntry => ({
  path: path.split('/'),
  sizeBytes,
  modifiedMs,
  mediaType: '',
  ...(content !== undefined && { contentId: id(content) }),
});

function between(own: ManifestEntry[], theirs: ManifestEntry[], isOrigin = false): EntryMap {
  const chosen: Manifest = { entries: own };
  return EntryMap.between({ chosen, layout: new BundleLayout(chosen) }, { entries: theirs }, { isOrigin });
}
const pairs = (map: EntryMap, count: number) =>
  Array.from({ length: count }, (_, entry) => (map.hasEntry(entry) ? map.entryToTheirs(entry) : null));

describe('a copy', () => {
  test('is what has the same content id, whatever its name and date', () => {
    const map = between([file('a', 5, 1), file('b', 5, 2)], [file('z/y', 5, 2, 99), file('x', 5, 3)]);
    expect(pairs(map, 2)).toEqual([null, 0]);
    expect(map.theirRuns).toEqual([{ first: 0, count: 1 }]);
  });

  test('is never what only has the same name, size and date', () => {
    expect(between([file('a', 5, 1)], [file('a', 5)]).isEmpty).toBe(true);
    expect(between([file('a', 5)], [file('a', 5, 1)]).isEmpty).toBe(true);
    expect(between([file('a', 5)], [file('a', 5)]).isEmpty).toBe(true);
  });

  test('must have the same size, too: a content id that lies about it fits nothing', () => {
    expect(between([file('a', 5, 1)], [file('a', 6, 1)]).isEmpty).toBe(true);
  });

  test('of several equal files is taken for as many as there are', () => {
    const map = between([file('a', 5, 1), file('b', 5, 1)], [file('x', 5, 1)]);
    expect(pairs(map, 2)).toEqual([0, null]);
  });
});

describe('the origin', () => {
  test('has what is at the same place with the same size and date', () => {
    const own = [file('a', 5), file('b', 6, 2), file('c', 7, 3, 1)];
    const map = between(own, [file('c', 7, 3, 2), file('b', 6), file('a', 5, 9)], true);
    // The third one was touched, and is the same.
    expect(pairs(map, 3)).toEqual([2, 1, 0]);
  });

  test('does not have what it has changed', () => {
    expect(between([file('a', 5, 1)], [file('a', 5, 2)], true).isEmpty).toBe(true);
    expect(between([file('a', 5)], [file('a', 5, undefined, 1)], true).isEmpty).toBe(true);
  });

  test('has equal files each where it is', () => {
    const own = [file('a', 5, 1), file('b', 5, 1), file('c', 5, 1)];
    expect(pairs(between(own, [own[2]!, own[0]!, own[1]!], true), 3)).toEqual([1, 2, 0]);
  });
});

test('a hundred thousand equal files are no more work than others', () => {
  const own = Array.from({ length: 100_000 }, (_, at) => file(`${at}`, 0, 1));
  const map = between(own, own.toReversed());
  expect(map.theirs.entryCount).toBe(100_000);
});

test('chunks are translated there and back, whatever is shared in whatever order', () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 3 * CHUNK_BYTES }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(sizes, fc.array(fc.nat(20), { maxLength: 15 }), (list, picks) => {
      const own = list.map((size, at) => file(`${at}`, size, at));
      const order = [...new Set(picks.map((pick) => pick % (list.length + 2)))];
      const theirs = order.map((at) => own[at] ?? file('other', 9, 200 + at));
      const map = between(own, theirs);
      const layout = new BundleLayout({ entries: own });
      expect(runsAreOrdered(map.theirRuns, theirs.length)).toBe(true);
      for (let chunk = 0; chunk < layout.chunkCount; chunk++) {
        const { entry, entryOffset, length } = layout.place(chunk);
        expect(map.has(chunk)).toBe(order.includes(entry));
        const [run] = map.toTheirs([{ first: chunk, count: 1 }]);
        if (!map.has(chunk)) {
          expect(run).toBeUndefined();
          continue;
        }
        const there = map.theirs.place(run!.first);
        expect([there.entryOffset, there.length]).toEqual([entryOffset, length]);
        expect(map.entryToOwn(there.entry)).toBe(entry);
        expect(map.toOwn([run!])).toEqual([{ first: chunk, count: 1 }]);
      }
      // All at once: joined, in order, and nothing twice.
      const all = map.toTheirs([{ first: 0, count: layout.chunkCount }].filter(({ count }) => count > 0));
      expect(runsAreOrdered(all, map.theirs.chunkCount)).toBe(true);
      expect([...indexesOf(all)]).toHaveLength(map.theirs.chunkCount);
      expect([...indexesOf(map.toOwn(all))]).toHaveLength(map.theirs.chunkCount);
    }),
  );
});

test('alike is alike', () => {
  const layout = new BundleLayout({ entries: [file('a', 5), file('b', CHUNK_BYTES + 1)] });
  const map = EntryMap.same(layout, [{ first: 3, count: 2 }]);
  const runs = runsOf([0, 2]);
  expect([map.toTheirs(runs), map.toOwn(runs), map.has(2), map.entryToOwn(1)]).toEqual([runs, runs, true, 1]);
  expect(map.theirRuns).toEqual([{ first: 3, count: 2 }]);
});
