import { expect, test } from 'vitest';
import { manyPeers, peer, peersOf } from '../testing/store-peers.ts';
import type { Segment } from './segments.ts';
import { type HealthFacts, storeHealth } from './store-health.ts';
import { CHUNK_BYTES } from './stored-size.ts';

const CODE = { k: 4, n: 10 };

/** Of a file of ten groups. */
function health(more: Partial<HealthFacts> = {}) {
  return storeHealth({
    sizeBytes: 10 * 64 * 4 * CHUNK_BYTES,
    code: CODE,
    segments: [segment(0, 10, 10)],
    peers: manyPeers(20),
    nowMs: 0,
    isUploaderThere: false,
    isBeingRepaired: false,
    ...more,
  });
}

/** Columns 0, 1, … at p0, p1, … */
function segment(firstGroup: number, groupCount: number, columns: number): Segment {
  const holdings = Array.from({ length: columns }, (_, index) => ({ index, deviceId: `p${index}` }));
  return { firstGroup, groupCount, holdings };
}

test('a version with all its columns is safe', () => {
  expect(health()).toEqual({
    status: 'safe',
    spread: 1,
    online: 10,
    kept: 10,
    needed: 4,
    ownerCount: 10,
    onlineOwnerCount: 10,
    spareOwners: 6,
    missingOwners: 0,
    isBeingRepaired: false,
  });
});

test('it is as well as the worst of its groups', () => {
  const segments = [segment(0, 5, 10), segment(5, 3, 5), segment(8, 2, 9)];
  expect(health({ segments })).toMatchObject({
    status: 'at-risk',
    online: 5,
    kept: 5,
    spareOwners: 1,
    missingOwners: 2,
  });
  expect(health({ segments }).spread).toBeCloseTo((5 + 3 * (5 / 7) + 2) / 10);
  expect(health({ segments }).ownerCount).toBe(10);
});

test('while its uploader is there it spreads; without it, it is at risk', () => {
  const segments = [segment(0, 1, 10), segment(1, 9, 0)];
  expect(health({ segments, isUploaderThere: true })).toMatchObject({ status: 'spreading', missingOwners: 7 });
  expect(health({ segments, isUploaderThere: true }).spread).toBeCloseTo(0.1);
  expect(health({ segments })).toMatchObject({ status: 'unfetchable', online: 0, spareOwners: -1 });
});

test('at night nothing is wrong, but nothing can be fetched', () => {
  const peers = manyPeers(20, (index) => (index < 7 ? { onlineSinceMs: null } : {}));
  expect(health({ peers })).toMatchObject({
    status: 'unfetchable',
    online: 3,
    kept: 10,
    onlineOwnerCount: 3,
    spareOwners: 6,
  });
});

test('who has been away for a week, or has no account any more, does not count', () => {
  const away = { onlineSinceMs: null, lastContactMs: -8 * 86_400_000 };
  const peers = new Map(manyPeers(20, (index) => (index < 3 ? away : {})));
  peers.delete('p3');
  expect(health({ peers })).toMatchObject({ status: 'at-risk', kept: 6, ownerCount: 6, missingOwners: 1 });
});

test('what one person keeps on two devices is with one person', () => {
  const peers = peersOf(peer('p0', { ownerId: 'ann' }), peer('p1', { ownerId: 'ann' }));
  const facts = { code: { k: 1, n: 2 }, segments: [segment(0, 10, 2)], peers };
  expect(health(facts)).toMatchObject({ status: 'at-risk', ownerCount: 1, missingOwners: 1, spareOwners: 0 });
});

test('a version that nobody could keep yet waits for two people', () => {
  const facts = { code: null, segments: [] };
  expect(health(facts)).toMatchObject({
    status: 'unfetchable',
    spread: 0,
    needed: 1,
    missingOwners: 2,
    spareOwners: -1,
  });
  expect(health({ ...facts, isUploaderThere: true }).status).toBe('spreading');
});

test('an empty file is safe with nobody', () => {
  expect(health({ sizeBytes: 0, code: null, segments: [] })).toMatchObject({ status: 'safe', spread: 1, needed: 0 });
});

test('of a last group with one chunk, one column is enough', () => {
  const last = {
    firstGroup: 1,
    groupCount: 1,
    holdings: [0, 4, 5, 6].map((index) => ({ index, deviceId: `p${index}` })),
  };
  const facts = { sizeBytes: 64 * 4 * CHUNK_BYTES + 1, segments: [segment(0, 1, 10), last] };
  expect(health(facts)).toMatchObject({ status: 'safe', needed: 1, online: 4, spareOwners: 3 });
});
