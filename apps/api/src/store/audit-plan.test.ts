import { expect, test } from 'vitest';
import { Chance } from '../../bench/chance.ts';
import { manyPeers, peer } from '../testing/store-peers.ts';
import { type AuditFacts, type CheckedColumn, nextAudit } from './audit-plan.ts';

const DAY_MS = 86_400_000;
const NOW_MS = 100 * DAY_MS;
const PEER = peer('p0');

const column = (groupId: string, checkedMs: number | null): CheckedColumn => ({
  groupId,
  index: 3,
  shardCount: 64,
  checkedMs,
});
const chance = new Chance(1);
const next = (columns: CheckedColumn[], more: Partial<AuditFacts> = {}) =>
  nextAudit({ peer: PEER, columns, peers: manyPeers(5), nowMs: NOW_MS, ...more }, () => chance.next());

test('what was never checked comes first, then what was not for longest', () => {
  const columns = [column('late', NOW_MS - 2 * DAY_MS), column('never', null), column('early', NOW_MS - 9 * DAY_MS)];
  expect(next(columns)?.groupId).toBe('never');
  expect(next(columns.filter(({ groupId }) => groupId !== 'never'))?.groupId).toBe('early');
});

test('five a day, downloads counting too', () => {
  const checked = (count: number, agoMs: number) =>
    Array.from({ length: count }, (_, at) => column(`g${at}`, NOW_MS - agoMs));
  expect(next([...checked(4, 1000), column('old', null)])?.groupId).toBe('old');
  expect(next([...checked(5, 1000), column('old', null)])).toBeUndefined();
  expect(next([...checked(5, DAY_MS), column('old', null)])).toBeDefined();
});

test('nothing is checked twice a day', () => {
  expect(next([column('g', NOW_MS - 1000)])).toBeUndefined();
});

test('somebody else who is online asks, never another device of the same person', () => {
  const peers = manyPeers(5, (index) => (index === 4 ? {} : { ownerId: PEER.ownerId }));
  for (let round = 0; round < 20; round++) expect(next([column('g', null)], { peers })?.auditorId).toBe('p4');
  const away = manyPeers(5, () => ({ onlineSinceMs: null }));
  expect(next([column('g', null)], { peers: away })).toBeUndefined();
});

test('each person asks as often as any other, however many devices they have', () => {
  const peers = manyPeers(22, (index) => (index > 1 ? { ownerId: 'many' } : {}));
  const auditors = Array.from({ length: 1000 }, () => next([column('g', null)], { peers })!.auditorId);
  expect(auditors.filter((auditorId) => auditorId === 'p1').length).toBeGreaterThan(400);
});

test('who is away or quarantined is asked nothing', () => {
  expect(next([column('g', null)], { peer: peer('p0', { onlineSinceMs: null }) })).toBeUndefined();
  expect(next([column('g', null)], { peer: peer('p0', { isQuarantined: true }) })).toBeUndefined();
});

test('every shard and everybody has their turn', () => {
  const audits = Array.from({ length: 1000 }, () => next([column('g', null)])!);
  expect(new Set(audits.map(({ shard }) => shard))).toEqual(new Set(Array.from({ length: 64 }, (_, shard) => shard)));
  expect(new Set(audits.map(({ auditorId }) => auditorId))).toEqual(new Set(['p1', 'p2', 'p3', 'p4']));
});

test('a column without shards has nothing to show', () => {
  expect(next([{ ...column('g', null), shardCount: 0 }])).toBeUndefined();
});
