import { expect, test } from 'vitest';
import { auditVerdict, type ShardReport } from './audit-verdict.ts';

const DAY_MS = 86_400_000;
const report = (more: Partial<ShardReport> = {}): ShardReport => ({
  peerId: 'p1',
  groupId: 'g1',
  index: 2,
  shard: 5,
  reporterOwnerId: 'ann',
  wasAsked: true,
  outcome: 'wrong',
  atMs: 100 * DAY_MS,
  ...more,
});
const verdict = (of: ShardReport, ...earlier: ShardReport[]) => auditVerdict(of, earlier, 'owner').type;

test('right bytes are fine', () => {
  expect(verdict(report({ outcome: 'right' }))).toBe('fine');
});

test('what the peer does not have is missing at once', () => {
  expect(verdict(report({ outcome: 'missing' }))).toBe('missing');
});

test('after one report of wrong bytes somebody else is to look', () => {
  expect(auditVerdict(report(), [], 'owner')).toEqual({ type: 'check-again', exceptOwnerIds: ['ann', 'owner'] });
});

test('two people with wrong bytes of one shard quarantine the peer', () => {
  expect(verdict(report({ reporterOwnerId: 'bob' }), report())).toBe('quarantine');
});

test('a second person who was not asked is no second opinion: somebody else is to look', () => {
  const bob = report({ reporterOwnerId: 'bob', wasAsked: false });
  const seen = auditVerdict(bob, [report({ wasAsked: false })], 'owner');
  expect(seen).toEqual({ type: 'check-again', exceptOwnerIds: ['bob', 'ann', 'owner'] });
  expect(verdict(report({ reporterOwnerId: 'carol' }), report({ wasAsked: false }))).toBe('quarantine');
});

test('one person alone cannot, however often and of however many shards', () => {
  expect(verdict(report(), report(), report({ shard: 6 }), report({ groupId: 'g2' }))).toBe('check-again');
});

test('two people cannot with a shard each', () => {
  const bob = { reporterOwnerId: 'bob' };
  expect(verdict(report(bob), report({ shard: 6 }))).toBe('check-again');
  expect(verdict(report(bob), report({ index: 3 }))).toBe('check-again');
  expect(verdict(report(bob), report({ groupId: 'g2' }))).toBe('check-again');
  expect(verdict(report(bob), report({ peerId: 'p2' }))).toBe('check-again');
});

test('reports of others that were right or missing are none of wrong bytes', () => {
  const bob = report({ reporterOwnerId: 'bob' });
  expect(verdict(bob, report({ outcome: 'right' }), report({ outcome: 'missing' }))).toBe('check-again');
});

test('an old report is forgotten', () => {
  expect(verdict(report({ reporterOwnerId: 'bob' }), report({ atMs: 70 * DAY_MS }))).toBe('check-again');
  expect(verdict(report({ reporterOwnerId: 'bob' }), report({ atMs: 70 * DAY_MS + 1 }))).toBe('quarantine');
});

test('what people report of their own devices does not count', () => {
  expect(verdict(report({ reporterOwnerId: 'owner' }), report())).toBe('fine');
  expect(verdict(report(), report({ reporterOwnerId: 'owner' }))).toBe('check-again');
});
