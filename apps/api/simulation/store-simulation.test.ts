import { expect, test } from 'vitest';
import { REPLICATION_PLAN, type Scenario, STORE_PLAN } from './scenario.ts';
import { simulate } from './store-simulation.ts';

const SHORT: Scenario = { peerCount: 20, alwaysOnShare: 0, fileCount: 20, days: 12, plan: STORE_PLAN, seed: 5 };

test('the Store has nearly everything in office time, for four times the bytes and hardly any repair', () => {
  const store = simulate(SHORT);
  expect(store.availability).toBeGreaterThan(0.96);
  expect(store.upload).toBeGreaterThan(3.5);
  expect(store.upload).toBeLessThan(4.3);
  expect(store.repairAMonth).toBeLessThan(1.2);
  expect(store.stored).toBeLessThan(4.3);
  expect(store.accepted).toBeGreaterThan(0.8);
  expect(store.insufficientAtTheEnd).toBe(0);
  // Without people who come and go nothing would have been tried.
  expect(store.online).toBeLessThan(0.75);
});

test('three copies have less, and somebody who is always there brings more', () => {
  const store = simulate(SHORT);
  expect(simulate({ ...SHORT, plan: REPLICATION_PLAN }).availability).toBeLessThan(store.availability);
  expect(simulate({ ...SHORT, alwaysOnShare: 0.2 }).availability).toBeGreaterThan(store.availability);
});

test('a seed is a simulation', () => {
  expect(simulate(SHORT)).toEqual(simulate(SHORT));
  expect(simulate({ ...SHORT, seed: 6 })).not.toEqual(simulate(SHORT));
});
