import { expect, test } from 'vitest';
import { Chance } from '../../bench/chance.ts';
import { held, heldByMany, manyPeers, peer } from '../testing/store-peers.ts';
import { assignedPlace, type Place } from './place.ts';
import type { RepairNeed } from './repair-need.ts';
import { planRepair, type Repairing, repairBytes } from './repair-plan.ts';

const DEGRADED: RepairNeed = { reason: 'degraded', columns: 7, leastColumns: 3 };
const FLOOR: RepairNeed = { reason: 'floor', columns: 3, leastColumns: 3 };

/** Places of (4, 16) at p0, p1, …; of thirty peers those with a number in `online` are there. */
function plan(places: Place[], need = DEGRADED, more: Partial<Repairing> & { online?: number[]; seed?: number } = {}) {
  const { online = upTo(30), seed = 1, ...others } = more;
  const peers = manyPeers(30, (index) => ({
    onlineSinceMs: online.includes(index) ? 0 : null,
    officeUptime: index / 30,
  }));
  const chance = new Chance(seed);
  const candidates = [...peers.values()].filter(({ onlineSinceMs }) => onlineSinceMs !== null);
  const using = { code: { k: 4, n: 16 }, places, peers, candidates, needBytes: 1, nowMs: 0, busyPeerIds: new Set('') };
  return planRepair(need, { ...using, ...others }, () => chance.next());
}
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const missing = (index: number) => held(index, `p${index}`, { state: 'missing' });
const NINE = [...heldByMany(9), ...upTo(16).slice(9).map(missing)];

test('a holder pulls k − 1 columns of others, and the columns that are gone are made with the index they had', () => {
  const made = plan(NINE)!;
  const own = Number(made.repairerId.slice(1));
  expect(own).toBeLessThan(9);
  expect(made.sources).toHaveLength(3);
  expect(made.sources.map(({ index }) => index)).not.toContain(own);
  expect(made.sources.every(({ index, peerId }) => peerId === `p${index}` && index < 9)).toBe(true);
  expect(made.columns.map(({ index }) => index)).toEqual([9, 10, 11, 12, 13, 14, 15]);
  expect(new Set(made.columns.map(({ ownerId }) => ownerId)).size).toBe(7);
  expect(made.columns.every(({ peerId }) => !upTo(9).includes(Number(peerId.slice(1))))).toBe(true);
});

test('a group that is repaired over and over has no more columns than before', () => {
  let places = heldByMany(16);
  for (let round = 0; round < 20; round++) {
    const lost = new Set(places.filter(({ state }) => state === 'held').slice(0, 7));
    places = places.map((place) => (lost.has(place) ? { ...place, state: 'missing' } : place));
    const made = plan(places, DEGRADED, { seed: round })!;
    const renewed = new Set(made.columns.map(({ peerId }) => peerId));
    const kept = places.filter(({ state, peerId }) => state === 'held' || !renewed.has(peerId));
    places = [...kept, ...made.columns.map((column): Place => ({ ...assignedPlace(column, 0), state: 'held' }))];
  }
  const indexes = places.filter(({ state }) => state === 'held').map(({ index }) => index);
  expect(indexes.toSorted((a, b) => a - b)).toEqual(upTo(16));
});

test('a copy of what others have is pulled once, also when two of them have it', () => {
  const places = [held(0, 'p0'), held(0, 'p20'), held(1, 'p1'), held(2, 'p2'), held(3, 'p3')];
  for (let seed = 0; seed < 20; seed++) {
    const made = plan(places, { reason: 'critical', columns: 12, leastColumns: 1 }, { seed })!;
    const own = places.find(({ peerId }) => peerId === made.repairerId)!.index;
    expect(new Set([own, ...made.sources.map(({ index }) => index)]).size).toBe(4);
  }
});

test('whoever is away neither makes nor gives anything', () => {
  const online = [0, 1, 2, 3, ...upTo(30).slice(16)];
  const made = plan(NINE, DEGRADED, { online })!;
  expect([made.repairerId, ...made.sources.map(({ peerId }) => peerId)].sort()).toEqual(['p0', 'p1', 'p2', 'p3']);
  expect(plan(NINE, DEGRADED, { online: online.slice(1) })).toBeUndefined();
});

test('who is busy with another group is left alone', () => {
  const busyPeerIds = new Set(['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7']);
  expect(plan(NINE, DEGRADED, { busyPeerIds })!.repairerId).toBe('p8');
  expect(plan(NINE, DEGRADED, { busyPeerIds: new Set([...busyPeerIds, 'p8']) })).toBeUndefined();
});

test('fewer columns than are worth the pulling are not made, unless it is urgent', () => {
  const two = { candidates: [peer('p20'), peer('p21')] };
  expect(plan(NINE, DEGRADED, two)).toBeUndefined();
  const urgent = plan(heldByMany(5), { reason: 'critical', columns: 11, leastColumns: 1 }, two);
  expect(urgent!.columns).toHaveLength(2);
});

test('for the floor, what is gone is made first, then a second one of what is away most', () => {
  const online = [12, 13, 14, 15, ...upTo(30).slice(16)];
  // Column 11 is at p0, who is there least, column 10 at p1, and so on.
  const places = upTo(16).map((index) => held(index, index < 12 ? `p${11 - index}` : `p${index}`));
  places[7] = { ...places[7]!, state: 'missing' };
  const made = plan(places, FLOOR, { online })!;
  expect(made.columns.map(({ index }) => index)).toEqual([7, 11, 10]);
});

test('only what can be checked is made', () => {
  const makeable = new Set([...upTo(11), 14, 15]);
  const made = plan(NINE, DEGRADED, { makeable })!;
  expect(made.columns.map(({ index }) => index)).toEqual([9, 10, 14, 15]);
  expect(plan(NINE, DEGRADED, { makeable: new Set(upTo(11)) })).toBeUndefined();
});

test('what a repair costs is what is pulled and what is pushed', () => {
  expect(repairBytes(plan(NINE)!, 100)).toBe((3 + 7) * 100);
});
