import { afterEach, beforeEach, expect, test } from 'vitest';
import { findLease } from '../db/queries/store-leases.ts';
import { findPlace, updatePlace } from '../db/queries/store-places.ts';
import { updateVersion } from '../db/queries/store-versions.ts';
import { StoreTables } from '../testing/store-tables.ts';
import { LEASE_MS } from './repair-lease.ts';
import { Repairs } from './repairs.ts';
import { lookAtVersion } from './version-repairs.ts';

const DAY_MS = 86_400_000;
/** Long after what was uploaded in the first millisecond. */
const NOW_MS = 100 * DAY_MS;
/** Of a group of which nobody made anything. */
const REST_MS = 10 * 60_000;

let store: StoreTables;
let peers: string[];
let nudged: string[];
let changed: string[];
let counted: string[];
let repairs: Repairs;
beforeEach(() => {
  store = new StoreTables();
  peers = store.addPeers(30);
  [nudged, changed, counted] = [[], [], []];
  repairs = newRepairs();
});

afterEach(() => store.close());

function newRepairs(): Repairs {
  return new Repairs({
    db: store.db,
    nudge: (deviceId) => nudged.push(deviceId),
    changed: (versionId) => changed.push(versionId),
    counted: (step) => counted.push(step),
  });
}

type Made = { index: number; deviceId: string };

const look = (versionId: string, nowMs = NOW_MS, isOfficeTime = false) =>
  lookAtVersion(store.db, repairs, versionId, { peers: store.peers, isOnline: () => true, isOfficeTime, nowMs });
const leaseOf = (versionId: string) => findLease(store.db, { versionId, group: 0 });
const dies = (deviceId: string) => store.change(deviceId, { onlineSinceMs: null, lastContactMs: NOW_MS - 8 * DAY_MS });

/** With seven of (4, 16) gone for good. */
function degraded(): string {
  const versionId = store.addVersion(peers.slice(0, 16));
  for (const deviceId of peers.slice(9, 16)) dies(deviceId);
  return versionId;
}

function claimOf(versionId: string) {
  const { deviceId, token } = leaseOf(versionId)!;
  return { versionId, group: 0, deviceId: deviceId!, token };
}

test('a group of which all is there is left alone, and so is one that lost little', () => {
  const whole = store.addVersion(peers.slice(0, 16));
  const thinned = store.addVersion(peers.slice(0, 10));
  look(whole);
  look(thinned);
  expect([leaseOf(whole), leaseOf(thinned), nudged, changed]).toEqual([undefined, undefined, [], []]);
});

test('what too many have lost is leased to a holder, who makes exactly what is gone for people who have none of it', () => {
  const versionId = degraded();
  look(versionId);
  const lease = leaseOf(versionId)!;
  expect(lease).toMatchObject({ token: 1, leasedUntil: NOW_MS + LEASE_MS });
  expect(peers.slice(0, 9)).toContain(lease.deviceId);
  expect(lease.plan.make.map(({ index }) => index)).toEqual([9, 10, 11, 12, 13, 14, 15]);
  expect(lease.plan.make.every(({ deviceId }) => peers.indexOf(deviceId) >= 16)).toBe(true);
  expect([nudged, changed]).toEqual([[lease.deviceId], [versionId]]);
  expect(repairs.isUnderWay({ versionId, group: 0 }, NOW_MS)).toBe(true);
});

test('while it is leased nobody else gets it; ten minutes after the lease ran out somebody does, with a higher token', () => {
  const versionId = degraded();
  look(versionId);
  const first = claimOf(versionId);
  look(versionId, NOW_MS + LEASE_MS - 1);
  expect(leaseOf(versionId)!.token).toBe(1);
  look(versionId, NOW_MS + LEASE_MS);
  look(versionId, NOW_MS + LEASE_MS + REST_MS - 1);
  expect(leaseOf(versionId)!.token).toBe(1);
  look(versionId, NOW_MS + LEASE_MS + REST_MS);
  expect(leaseOf(versionId)!.token).toBe(2);
  expect(() => repairs.renew(first, NOW_MS + LEASE_MS + 1)).toThrow('lease-lost');
  expect(() => repairs.repaired(first, [9], store.peers, NOW_MS + LEASE_MS + 1)).toThrow('lease-lost');
  expect(store.places(versionId)).toHaveLength(16);
});

test('a lease that is renewed goes on, also over a restart of the server', () => {
  const versionId = degraded();
  look(versionId);
  const claim = claimOf(versionId);
  expect(repairs.renew(claim, NOW_MS + 5 * 60_000)).toBe(NOW_MS + 5 * 60_000 + LEASE_MS);
  repairs = newRepairs();
  look(versionId, NOW_MS + LEASE_MS + 1);
  expect(leaseOf(versionId)!.token).toBe(1);
  expect(() => repairs.renew({ ...claim, deviceId: peers[20]! }, NOW_MS)).toThrow('lease-lost');
});

test('what a lease was in vain for rests, ever longer; not when it was repaired', () => {
  const versionId = degraded();
  const inVain = (nowMs: number) => {
    look(versionId, nowMs);
    const { token } = leaseOf(versionId)!;
    look(versionId, nowMs + LEASE_MS);
    return token;
  };
  expect(inVain(NOW_MS)).toBe(1);
  expect(inVain(NOW_MS + LEASE_MS + REST_MS)).toBe(2);
  const overMs = NOW_MS + 2 * LEASE_MS + REST_MS;
  look(versionId, overMs + 6 * REST_MS - 1);
  expect(leaseOf(versionId)!.token).toBe(2);
  look(versionId, overMs + 6 * REST_MS);
  expect(leaseOf(versionId)!.token).toBe(3);
  repairs.repaired(claimOf(versionId), [], store.peers, overMs + 6 * REST_MS);
  look(versionId, overMs + 6 * REST_MS);
  expect(leaseOf(versionId)!.token).toBe(4);
});

test('a lease is over after an hour, also over a restart of the server', () => {
  const versionId = degraded();
  look(versionId);
  const claim = claimOf(versionId);
  for (let minutes = 5; minutes < 60; minutes += 5) {
    repairs.renew(claim, NOW_MS + minutes * 60_000);
    repairs = newRepairs();
  }
  expect(leaseOf(versionId)!.leasedUntil).toBe(NOW_MS + 3_600_000);
});

test('what was made goes to those it was made for, who fetch it from whoever made it', () => {
  const versionId = degraded();
  look(versionId);
  const claim = claimOf(versionId);
  const { make } = leaseOf(versionId)!.plan;
  [nudged, changed] = [[], []];
  repairs.repaired(claim, [9, 10, 11], store.peers, NOW_MS + 1000);
  const wanted = make.slice(0, 3);
  expect(store.places(versionId).filter((place) => place.endsWith('assigned'))).toEqual(
    wanted.map(({ index, deviceId }) => `${index} ${deviceId} assigned`),
  );
  const [{ index, deviceId }] = wanted as [Made];
  expect(findPlace(store.db, { versionId, group: 0, index, deviceId })).toMatchObject({
    sourceDeviceId: claim.deviceId,
    sizeBytes: 64 * 1_048_576,
    sinceMs: NOW_MS + 1000,
  });
  expect([nudged.sort(), changed]).toEqual([wanted.map((one) => one.deviceId).sort(), [versionId]]);
});

test('said twice it is taken once: the answer may have been lost', () => {
  const versionId = degraded();
  look(versionId);
  const claim = claimOf(versionId);
  repairs.repaired(claim, [9, 10, 11], store.peers, NOW_MS);
  const after = store.places(versionId);
  repairs.repaired(claim, [9, 10, 11, 12], store.peers, NOW_MS + 60_000);
  expect(store.places(versionId)).toEqual(after);
  expect(counted).toEqual(['leased', 'made']);
  expect(() => repairs.repaired({ ...claim, token: 2 }, [9], store.peers, NOW_MS)).toThrow('lease-lost');
});

test('nobody is given what was not planned, or who died meanwhile', () => {
  const versionId = degraded();
  look(versionId);
  const [first] = leaseOf(versionId)!.plan.make;
  dies(first!.deviceId);
  repairs.repaired(claimOf(versionId), [0, 9, 10], store.peers, NOW_MS);
  const assigned = store.places(versionId).filter((place) => place.endsWith('assigned'));
  expect(assigned.map((place) => place.split(' ')[0])).toEqual(['10']);
});

test('a place that lost the column begins anew; one that holds it stays', () => {
  const versionId = degraded();
  look(versionId);
  const [first, second] = leaseOf(versionId)!.plan.make as [Made, Made];
  const placeOf = ({ index, deviceId }: Made) => ({ versionId, group: 0, index, deviceId });
  store.hold(versionId, first.index, first.deviceId);
  updatePlace(store.db, placeOf(first), { state: 'missing', contentId: 'old' });
  store.hold(versionId, second.index, second.deviceId);
  repairs.repaired(claimOf(versionId), [first.index, second.index], store.peers, NOW_MS);
  expect(findPlace(store.db, placeOf(first))).toMatchObject({ state: 'assigned', contentId: null });
  expect(findPlace(store.db, placeOf(second))).toMatchObject({ state: 'held' });
});

test('a column that nobody can check is not made', () => {
  const versionId = degraded();
  updateVersion(store.db, versionId, { n: 20 });
  look(versionId);
  expect(leaseOf(versionId)!.plan.make.map(({ index }) => index)).toEqual([9, 10, 11, 12, 13, 14, 15]);
});

test('what has fewer chunks than columns of data is repaired by the columns that there are', () => {
  // Two chunks: of the data columns 0 and 1, and any two of all columns restore it.
  const versionId = store.addVersion([], { chunks: 2 });
  for (const [at, index] of [0, 4, 5].entries()) store.hold(versionId, index, peers[at]!);
  look(versionId);
  const { make } = leaseOf(versionId)!.plan;
  expect(make.map(({ index }) => index)).toEqual([1, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
});

test('only so many at once, one a device; what may be lost with one more departure goes first', () => {
  for (let made = 0; made < 12; made++) look(degraded());
  // Of thirty peers seven are dead, and a quarter of the others repairs.
  expect(repairs.underWay(NOW_MS)).toBe(5);
  expect(new Set(nudged).size).toBe(5);
  const critical = store.addVersion(peers.slice(0, 5));
  look(critical);
  expect(repairs.underWay(NOW_MS)).toBe(6);
  expect(leaseOf(critical)).toBeDefined();
});

test('in office hours too few are there for an hour and a half: so many are made that it can be fetched', () => {
  const versionId = store.addVersion(peers.slice(0, 16));
  for (const deviceId of peers.slice(5, 16)) store.change(deviceId, { onlineSinceMs: null, lastContactMs: NOW_MS });
  for (let minutes = 0; minutes < 90; minutes += 5) look(versionId, NOW_MS + minutes * 60_000, true);
  expect(leaseOf(versionId)).toBeUndefined();
  look(versionId, NOW_MS + 90 * 60_000, true);
  expect(leaseOf(versionId)!.plan.make).toHaveLength(3);
});

test('when too few people keep any of it, whoever has none gets a copy from whoever has two', () => {
  const versionId = store.addVersion(peers.slice(0, 10));
  // Ten columns are alive, of five people.
  for (const at of [5, 6, 7, 8, 9]) store.change(peers[at]!, { ownerId: 'owner of p0' });
  for (const deviceId of peers.slice(12)) dies(deviceId);
  look(versionId);
  expect(leaseOf(versionId)).toBeUndefined();
  const copies = store.places(versionId).filter((place) => place.endsWith('assigned'));
  expect(copies.map((place) => place.split(' ')[1]).sort()).toEqual(['p10', 'p11']);
  expect([nudged.sort(), changed]).toEqual([['p10', 'p11'], [versionId]]);
  const [index, deviceId] = copies[0]!.split(' ') as [string, string];
  const place = findPlace(store.db, { versionId, group: 0, index: Number(index), deviceId });
  expect(place).toMatchObject({ sourceDeviceId: peers[Number(index)], sizeBytes: 64 * 1_048_576 });
  // What is on its way is not given again.
  look(versionId);
  expect(store.places(versionId).filter((one) => one.endsWith('assigned'))).toEqual(copies);
});

test('whoever has much on its way is given no copies', () => {
  const versionIds = Array.from({ length: 6 }, () => store.addVersion(peers.slice(0, 2), { k: 1, n: 2, chunks: 64 }));
  store.change(peers[1]!, { ownerId: 'owner of p0' });
  for (const deviceId of peers.slice(3)) dies(deviceId);
  for (const versionId of versionIds) look(versionId);
  const given = versionIds.flatMap((versionId) => store.places(versionId)).filter((one) => one.endsWith('assigned'));
  expect(given).toHaveLength(4);
});

test('nobody repairs what is not in the Store yet, or is gone', () => {
  const versionId = degraded();
  updateVersion(store.db, versionId, { acceptedAt: null });
  look(versionId);
  expect(leaseOf(versionId)).toBeUndefined();
});

test('for three days the uploader makes what is missing while it is there, and is given none of it', () => {
  const versionId = store.addVersion(peers.slice(1, 17));
  const takers = () => leaseOf(versionId)!.plan.make.map(({ deviceId }) => deviceId);
  for (const deviceId of peers.slice(6)) store.change(deviceId, { onlineSinceMs: null, lastContactMs: -30 * DAY_MS });
  look(versionId, 2 * DAY_MS);
  expect(leaseOf(versionId)).toBeUndefined();
  const at = { peers: store.peers, isOnline: () => false, isOfficeTime: false };
  lookAtVersion(store.db, repairs, versionId, { ...at, nowMs: 2 * DAY_MS });
  expect(takers()).not.toContain('p0');
  look(versionId, 4 * DAY_MS);
  expect(takers()).toContain('p0');
});
