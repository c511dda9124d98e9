// What is simulated: a company, and how its files are stored. Everything but the numbers here is the product's own code.
import type { Code } from '../src/store/code.ts';
import { chooseCode, type Pool, raiseCode } from '../src/store/code-choice.ts';
import { LAZY_REPAIR, type RepairPolicy } from '../src/store/repair-policy.ts';
import { DAY_MS, MINUTE_MS } from './attendance.ts';

export interface Scenario {
  readonly peerCount: number;
  /** Of the peers, that are never switched off. */
  readonly alwaysOnShare: number;
  readonly fileCount: number;
  readonly days: number;
  readonly plan: StoragePlan;
  readonly seed: number;
}

export interface StoragePlan {
  readonly choose: (sizeBytes: number, pool: Pool) => Code;
  readonly raise: (code: Code, sizeBytes: number, pool: Pool) => Code;
  readonly repair: RepairPolicy;
}

/** What the product does. */
export const STORE_PLAN: StoragePlan = { choose: chooseCode, raise: raiseCode, repair: LAZY_REPAIR };

const REPLICAS = 3;

export const REPLICATION_PLAN: StoragePlan = {
  choose: (_, { ownerCount }) => ({ k: 1, n: Math.min(REPLICAS, ownerCount) }),
  raise: (code, _, { ownerCount }) => ({ k: 1, n: Math.max(code.n, Math.min(REPLICAS, ownerCount)) }),
  repair: { ...LAZY_REPAIR, floor: null },
};

/** Whoever has been away for a day counts as gone, and each column that is gone is made again at once. */
export const EAGER_PLAN: StoragePlan = {
  ...STORE_PLAN,
  repair: { deadAfterMs: DAY_MS, fewestAlive: ({ n }) => n, leastColumns: 1, floor: null },
};

/** The Store without the floor for office hours: what that is worth. */
export const NO_FLOOR_PLAN: StoragePlan = { ...STORE_PLAN, repair: { ...LAZY_REPAIR, floor: null } };

export const EARLY_FLOOR_PLAN: StoragePlan = {
  ...STORE_PLAN,
  repair: { ...LAZY_REPAIR, floor: { ...LAZY_REPAIR.floor!, afterMs: 30 * MINUTE_MS } },
};
