import { expect, test } from 'vitest';
import { Chance } from '../../bench/chance.ts';
import { manyPeers, peer } from '../testing/store-peers.ts';
import { candidates, inOrderOfChance } from './candidates.ts';
import type { StorePeer } from './store-peer.ts';

const NOW_MS = 1_000_000;
const MINUTE_MS = 60_000;
const since = (minutes: number) => ({ onlineSinceMs: NOW_MS - minutes * MINUTE_MS });
const ids = (peers: StorePeer[], needBytes = 100, exceptOwnerId?: string) =>
  candidates(peers, { needBytes, nowMs: NOW_MS, exceptOwnerId }).map(({ peerId }) => peerId);

test('who is away, quarantined, full or the uploader is none', () => {
  const peers = [
    peer('fine'),
    peer('away', { onlineSinceMs: null }),
    peer('caught', { isQuarantined: true }),
    peer('full', { freeBytes: 109 }),
    peer('just enough', { freeBytes: 111 }),
    peer('laptop', { ownerId: 'uploader' }),
    peer('phone', { ownerId: 'uploader' }),
  ];
  expect(ids(peers, 100, 'uploader')).toEqual(['fine', 'just enough']);
});

test('who came less than five minutes ago is none', () => {
  expect(ids([peer('a', since(5)), peer('b', since(4.9)), peer('c', since(60))])).toEqual(['a', 'c']);
});

test('when nobody has been there for five minutes, everybody who is there counts', () => {
  expect(ids([peer('a', since(1)), peer('b', since(0)), peer('c', { onlineSinceMs: null })])).toEqual(['a', 'b']);
});

test('just after the server started, whoever was first to come back is not alone', () => {
  const peers = (settled: number) => [...manyPeers(10, (index) => since(index < settled ? 6 : 4)).values()];
  expect(ids(peers(1))).toHaveLength(10);
  expect(ids(peers(4))).toHaveLength(10);
  expect(ids(peers(5))).toHaveLength(5);
});

test('a person with many devices does not make a pool old', () => {
  const anns = Array.from({ length: 5 }, (_, index) => peer(`ann ${index}`, { ...since(60), ownerId: 'ann' }));
  const newcomers = [peer('b', since(1)), peer('c', since(1))];
  expect(ids([...anns, ...newcomers])).toHaveLength(7);
});

test('who is there more often is asked sooner, and room counts less', () => {
  const chance = new Chance(1);
  const first = (one: StorePeer, other: StorePeer) => {
    const rounds = Array.from({ length: 2000 }, () => inOrderOfChance([one, other], () => chance.next())[0]);
    return rounds.filter((winner) => winner === one).length / rounds.length;
  };
  // 0.8⁴ / (0.8⁴ + 0.4⁴) and √4 / (√4 + 1).
  expect(first(peer('a', { officeUptime: 0.8 }), peer('b', { officeUptime: 0.4 }))).toBeCloseTo(0.94, 1);
  expect(first(peer('a', { freeBytes: 400 }), peer('b', { freeBytes: 100 }))).toBeCloseTo(0.67, 1);
});

test('who holds other groups of the same version comes first, in an order of chance among themselves', () => {
  const chance = new Chance(1);
  const companions = new Set(['p2', 'p5', 'p7']);
  const orders = Array.from({ length: 50 }, () => {
    return inOrderOfChance([...manyPeers(10).values()], () => chance.next(), companions).map(({ peerId }) => peerId);
  });
  for (const order of orders) expect(new Set(order.slice(0, 3))).toEqual(companions);
  expect(new Set(orders.map(([first]) => first))).toEqual(companions);
  expect(new Set(orders.map((order) => order[3])).size).toBeGreaterThan(3);
});
