import { randomUUID } from 'node:crypto';
import type { Column } from '@ferry/shared';
import { beforeEach, expect, test } from 'vitest';
import { Inventories } from './inventories.ts';

const MINUTE_MS = 60_000;
const PAGE = 500;

let inventories: Inventories;
beforeEach(() => {
  inventories = new Inventories();
});

const columns = (count: number, first = 0): Column[] =>
  Array.from({ length: count }, (_, at) => ({ versionId: 'v', group: first + at, index: 0 }));

/** One device's pages, each with so many columns that nobody asked for. */
function teller({ userId = 'ann', deviceId = randomUUID(), wasAsked = (_: Column): boolean => false } = {}) {
  const inventoryId = randomUUID();
  let page = 0;
  return (some: Column[], { isLast = false, nowMs = 0 } = {}) =>
    inventories.take({ deviceId, inventoryId, page: page++, columns: some, isLast }, { userId, wasAsked }, nowMs);
}

test('of columns that a device was not asked for only so many are remembered, of its own all', () => {
  const tell = teller({ wasAsked: ({ versionId }) => versionId === 'mine' });
  for (let told = 0; told < 12_000; told += PAGE) tell(columns(PAGE, told));
  const own = columns(PAGE).map((column) => ({ ...column, versionId: 'mine' }));
  const all = [...tell(own, { isLast: true })!.values()];
  expect(all).toHaveLength(10_000 + PAGE);
  expect(all.filter(({ versionId }) => versionId === 'mine')).toEqual(own);
});

test('made-up inventories of a whole account leave room for everybody else', () => {
  for (let device = 0; device < 8; device++) {
    const tell = teller();
    for (let told = 0; told < 2000; told += PAGE) tell(columns(PAGE, told));
  }
  expect(() => teller()(columns(1))).toThrow('busy');
  expect(teller({ userId: 'ben' })(columns(1), { isLast: true })!.size).toBe(1);
});

test('one that was finished, or begun anew, makes room for another one of the same person', () => {
  const tellers = Array.from({ length: 8 }, () => teller());
  for (const tell of tellers) tell(columns(1));
  expect(() => teller()(columns(1))).toThrow('busy');
  tellers[0]!([], { isLast: true });
  expect(teller()(columns(1), { isLast: true })!.size).toBe(1);
});

test('one that does not go on for ten minutes is forgotten, one that does is not', () => {
  const [slow, gone] = [teller(), teller()];
  slow(columns(1));
  gone(columns(1));
  slow(columns(1, 1), { nowMs: 9 * MINUTE_MS });
  teller({ userId: 'ben' })(columns(1), { nowMs: 10 * MINUTE_MS });
  expect(() => gone(columns(1, 1), { nowMs: 10 * MINUTE_MS })).toThrow('revision-mismatch');
  expect(slow([], { isLast: true, nowMs: 10 * MINUTE_MS })!.size).toBe(2);
});
