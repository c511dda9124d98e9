import { expect, test } from 'vitest';
import { manyPeers } from '../testing/store-peers.ts';
import { countGroups } from './group-counts.ts';

test('columns and people are counted by those who live, and what is on its way by who is there', () => {
  const peers = manyPeers(4, (index) => {
    if (index === 1) return { ownerId: 'owner of p0' };
    if (index === 2) return { isQuarantined: true };
    return index === 3 ? { onlineSinceMs: null } : {};
  });
  const holdings = ['p0', 'p1', 'p2', 'unknown'].map((deviceId, index) => ({ index, deviceId }));
  const segments = [
    { firstGroup: 0, groupCount: 2, holdings: [...holdings, { index: 0, deviceId: 'p3' }] },
    { firstGroup: 2, groupCount: 9, holdings: [] },
  ];
  const onTheirWay = ['p0', 'p3', 'unknown'].map((deviceId) => ({ group: 1, deviceId }));
  const none = { held: 0, owners: 0, assigned: 0, arriving: 0 };
  expect(countGroups({ segments, onTheirWay, peers, nowMs: 0 }, 3)).toEqual([
    { group: 0, held: 2, owners: 2, assigned: 0, arriving: 0 },
    { group: 1, held: 2, owners: 2, assigned: 3, arriving: 1 },
    { group: 2, ...none },
  ]);
  expect(countGroups({ segments: [], onTheirWay: [], peers, nowMs: 0 }, 1)).toEqual([{ group: 0, ...none }]);
});
