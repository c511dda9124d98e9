import { expect, test } from 'vitest';
import type { GroupCount } from './group-counts.ts';
import { groupsToLookAt } from './groups-to-look-at.ts';
import { CHUNK_BYTES } from './stored-size.ts';

const MINUTE_MS = 60_000;
/** Safe with seven people. */
const CODE = { k: 4, n: 10 };

function look(groups: Partial<GroupCount>[], more: { groupCount?: number; nowMs?: number } = {}) {
  const { groupCount = groups.length, nowMs = 0 } = more;
  const counts = groups.map((count, group) => ({ group, held: 10, owners: 10, assigned: 0, arriving: 0, ...count }));
  const sizeBytes = groupCount * 64 * CODE.k * CHUNK_BYTES;
  return groupsToLookAt({ sizeBytes, code: CODE, counts, firstNew: groups.length, groupCount }, nowMs);
}
const many = (count: number, standing: Partial<GroupCount>) => Array.from({ length: count }, () => standing);
const SAFE = { held: 9, owners: 9 };
const UNSAFE = { held: 3, owners: 3 };

test('what lacks nothing is not read, but the next groups are, and the one before them', () => {
  expect(look([{}, {}, SAFE, {}], { groupCount: 9 })).toEqual({
    ...{ groups: [2, 3, 4, 5], movingElsewhere: 0, isFull: false },
  });
  expect(look([{}, {}])).toEqual({ groups: [], movingElsewhere: 0, isFull: true });
  expect(look([{ assigned: 1 }, {}])).toMatchObject({ groups: [0], isFull: true });
});

test('a group that is not safe is looked at, however many that are come before it', () => {
  const { groups } = look([...many(300, SAFE), UNSAFE, { ...SAFE, assigned: 1 }]);
  expect(groups).toHaveLength(128);
  expect(groups).toEqual(expect.arrayContaining([300, 301]));
});

test('the fewer people keep it, the sooner it is looked at', () => {
  expect(look([...many(300, UNSAFE), { held: 2, owners: 2 }, { held: 5, owners: 1 }]).groups).toEqual(
    expect.arrayContaining([300, 301]),
  );
});

test('each has its turn within minutes', () => {
  const seen = new Set<number>();
  for (let minute = 0; minute < 10; minute++) {
    for (const group of look(many(400, UNSAFE), { nowMs: minute * MINUTE_MS }).groups) seen.add(group);
  }
  expect(seen.size).toBe(400);
});

test('what gets on and is not read counts all the same', () => {
  const moving = { held: 6, owners: 6, assigned: 3, arriving: 1 };
  const standings = [
    ...many(200, UNSAFE),
    moving,
    moving,
    { ...moving, arriving: 0 },
    { ...SAFE, assigned: 1, arriving: 1 },
  ];
  expect(look(standings).movingElsewhere).toBe(2);
});

test('columns that are there and too few people keep are lacking, when somebody has two of them', () => {
  expect(look([{ held: 10, owners: 4 }])).toMatchObject({ groups: [0], isFull: false });
  expect(look([{ held: 10, owners: 7 }])).toMatchObject({ groups: [], isFull: true });
});
