import { expect, test } from 'vitest';
import { held, heldByMany, manyPeers } from '../testing/store-peers.ts';
import type { Code } from './code.ts';
import { groupColumns } from './columns.ts';
import type { Place } from './place.ts';
import { repairNeed } from './repair-need.ts';
import { LAZY_REPAIR, type RepairPolicy } from './repair-policy.ts';

const FLOOR_MS = 90 * 60_000;
const CODE: Code = { k: 4, n: 16 };

interface Situation {
  code?: Code;
  alive: number;
  online?: number;
  belowMs?: number;
  more?: Place[];
  policy?: RepairPolicy;
}

function need({ code = CODE, alive, online = alive, belowMs = 0, more = [], policy }: Situation) {
  const peers = manyPeers(40, (index) => ({ onlineSinceMs: index < online || index >= 20 ? 0 : null }));
  const columns = groupColumns([...heldByMany(alive), ...more], peers, 0);
  return repairNeed({ code, columns, belowFloorOfficeMs: belowMs }, policy);
}
const assigned = (count: number, from = 20) =>
  Array.from({ length: count }, (_, at) => held(from + at, `p${from + at}`, { state: 'assigned' }));

test('nothing is made while half of what is spare is alive', () => {
  expect(need({ alive: 16 })).toBeUndefined();
  expect(need({ alive: 10 })).toBeUndefined();
});

test('with fewer alive, all that are gone are made', () => {
  expect(need({ alive: 9 })).toEqual({ reason: 'degraded', columns: 7, leastColumns: 3 });
});

test('who is away counts as alive', () => {
  expect(need({ alive: 12, online: 4 })).toBeUndefined();
});

test('with one to spare, or none, it is urgent, and one column is worth it', () => {
  expect(need({ alive: 5 })).toEqual({ reason: 'critical', columns: 11, leastColumns: 1 });
  expect(need({ alive: 4 })).toMatchObject({ reason: 'critical', columns: 12 });
});

test('with fewer online than restore it nothing can be made', () => {
  expect(need({ alive: 3 })).toBeUndefined();
  expect(need({ alive: 9, online: 3, belowMs: FLOOR_MS })).toBeUndefined();
});

test('what is being made is not made twice', () => {
  expect(need({ alive: 9, more: assigned(4) })).toMatchObject({ columns: 3 });
  expect(need({ alive: 9, more: assigned(5) })).toBeUndefined();
  expect(need({ alive: 5, more: assigned(10) })).toMatchObject({ reason: 'critical', columns: 1 });
  expect(need({ alive: 5, more: assigned(11) })).toBeUndefined();
});

test('with fewer than k + 2 online for an hour and a half, there are to be k + 4', () => {
  expect(need({ alive: 16, online: 5, belowMs: FLOOR_MS - 1 })).toBeUndefined();
  expect(need({ alive: 16, online: 5, belowMs: FLOOR_MS })).toEqual({
    reason: 'floor',
    columns: 3,
    leastColumns: 3,
  });
  expect(need({ alive: 16, online: 4, belowMs: FLOOR_MS })).toMatchObject({ columns: 4 });
});

test('columns on their way to somebody online count for the floor', () => {
  expect(need({ alive: 16, online: 4, belowMs: FLOOR_MS, more: assigned(1) })).toMatchObject({ columns: 3 });
  expect(need({ alive: 16, online: 4, belowMs: FLOOR_MS, more: assigned(2) })).toBeUndefined();
});

test('a small code makes as few as bring it back to what it can have', () => {
  expect(need({ code: { k: 2, n: 4 }, alive: 4, online: 2, belowMs: FLOOR_MS })).toEqual({
    reason: 'floor',
    columns: 2,
    leastColumns: 2,
  });
});

test('a copy is made alone: nothing has to be pulled for it', () => {
  expect(need({ code: { k: 1, n: 4 }, alive: 2 })).toMatchObject({ reason: 'critical', columns: 2 });
  expect(need({ code: { k: 1, n: 2 }, alive: 2, online: 1, belowMs: FLOOR_MS })).toEqual({
    reason: 'floor',
    columns: 1,
    leastColumns: 1,
  });
});

test('another policy is another answer', () => {
  const eager: RepairPolicy = { ...LAZY_REPAIR, fewestAlive: ({ n }) => n, leastColumns: 1, floor: null };
  expect(need({ alive: 15, policy: eager })).toEqual({ reason: 'degraded', columns: 1, leastColumns: 1 });
  expect(need({ alive: 16, online: 5, belowMs: FLOOR_MS, policy: eager })).toBeUndefined();
});
