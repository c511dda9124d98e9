import fc from 'fast-check';
import { expect, test } from 'vitest';
import { segmentsOf } from './segments.ts';

const run = (index: number, deviceId: string, firstGroup: number, groupCount: number) => {
  return { index, deviceId, firstGroup, groupCount, sizeBytes: 1 };
};

test('a file that is with the same people everywhere is one segment', () => {
  const segments = segmentsOf([run(0, 'a', 0, 300), run(1, 'b', 0, 300)], 300);
  expect(segments).toEqual([
    {
      firstGroup: 0,
      groupCount: 300,
      holdings: [
        { index: 0, deviceId: 'a' },
        { index: 1, deviceId: 'b' },
      ],
    },
  ]);
});

test('where somebody begins or ends, another segment begins', () => {
  const segments = segmentsOf([run(0, 'a', 0, 5), run(0, 'b', 3, 4)], 10, [9]);
  expect(segments.map(({ firstGroup, groupCount, holdings }) => [firstGroup, groupCount, holdings.length])).toEqual([
    [0, 3, 1],
    [3, 2, 2],
    [5, 2, 1],
    [7, 2, 0],
    [9, 1, 0],
  ]);
});

test('a file without groups has no segments', () => {
  expect(segmentsOf([], 0)).toEqual([]);
});

test('whoever has a column of a group is in its segment, and nobody else', () => {
  const anyRun = fc.record({
    index: fc.nat(3),
    deviceId: fc.constantFrom('a', 'b', 'c'),
    firstGroup: fc.nat(19),
    groupCount: fc.integer({ min: 1, max: 20 }),
    sizeBytes: fc.constant(1),
  });
  fc.assert(
    fc.property(fc.array(anyRun, { maxLength: 8 }), (runs) => {
      const within = runs.map((one) => ({ ...one, groupCount: Math.min(one.groupCount, 20 - one.firstGroup) }));
      const segments = segmentsOf(within, 20);
      expect(segments.reduce((sum, { groupCount }) => sum + groupCount, 0)).toBe(20);
      for (const { firstGroup, groupCount, holdings } of segments) {
        for (let group = firstGroup; group < firstGroup + groupCount; group++) {
          const there = within.filter((one) => group >= one.firstGroup && group < one.firstGroup + one.groupCount);
          expect(holdings).toHaveLength(there.length);
        }
      }
    }),
  );
});
