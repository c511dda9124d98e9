import { expect, test } from 'vitest';
import { isCurrent, isLeased, LEASE_MS, LONGEST_LEASE_MS, leaseTransition, NEVER_LEASED } from './repair-lease.ts';

const [LEASED] = leaseTransition(NEVER_LEASED, { type: 'take', peerId: 'p1' }, 0);

test('whoever takes a free lease has it for ten minutes', () => {
  const [lease, effects] = leaseTransition(NEVER_LEASED, { type: 'take', peerId: 'p1' }, 5);
  expect(effects).toEqual([{ type: 'granted', token: 1, untilMs: 600_005 }]);
  expect(isCurrent(lease, 1, 600_004)).toBe(true);
  expect(isCurrent(lease, 1, 600_005)).toBe(false);
});

test('nobody else gets it meanwhile, and not the same peer either', () => {
  for (const peerId of ['p1', 'p2']) {
    const [lease, effects] = leaseTransition(LEASED, { type: 'take', peerId }, LEASE_MS - 1);
    expect(effects).toEqual([{ type: 'refused', reason: 'leased' }]);
    expect(lease).toBe(LEASED);
  }
});

test('once it ran out, another one gets it with a higher token, and the first has nothing to say any more', () => {
  const [lease, effects] = leaseTransition(LEASED, { type: 'take', peerId: 'p2' }, LEASE_MS);
  expect(effects).toMatchObject([{ type: 'granted', token: 2 }]);
  expect(isCurrent(lease, 1, LEASE_MS)).toBe(false);
  for (const type of ['renew', 'end'] as const) {
    const [after, refused] = leaseTransition(lease, { type, token: 1 }, LEASE_MS);
    expect(refused).toEqual([{ type: 'refused', reason: 'token-old' }]);
    expect(after).toBe(lease);
  }
});

test('whoever gets on with it keeps it, with the same token', () => {
  const [lease, effects] = leaseTransition(LEASED, { type: 'renew', token: 1 }, LEASE_MS - 1);
  expect(effects).toEqual([{ type: 'granted', token: 1, untilMs: 2 * LEASE_MS - 1 }]);
  expect(isLeased(lease, LEASE_MS)).toBe(true);
});

test('after an hour it is over, however well it goes', () => {
  let lease = LEASED;
  for (let nowMs = 5 * 60_000; nowMs < LONGEST_LEASE_MS; nowMs += 5 * 60_000) {
    [lease] = leaseTransition(lease, { type: 'renew', token: 1 }, nowMs);
  }
  expect(isLeased(lease, LONGEST_LEASE_MS - 1)).toBe(true);
  expect(isLeased(lease, LONGEST_LEASE_MS)).toBe(false);
  expect(leaseTransition(lease, { type: 'renew', token: 1 }, LONGEST_LEASE_MS)[1]).toMatchObject([{ type: 'refused' }]);
});

test('what ran out is not renewed, also when nobody took it', () => {
  expect(leaseTransition(LEASED, { type: 'renew', token: 1 }, LEASE_MS)[1]).toMatchObject([{ type: 'refused' }]);
});

test('after the end it is free, and no token comes twice', () => {
  const [free] = leaseTransition(LEASED, { type: 'end', token: 1 }, 10);
  expect(isLeased(free, 10)).toBe(false);
  expect(isCurrent(free, 1, 10)).toBe(false);
  expect(leaseTransition(free, { type: 'take', peerId: 'p1' }, 10)[1]).toMatchObject([{ type: 'granted', token: 2 }]);
});
