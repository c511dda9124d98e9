// Whether a group needs new columns, how many and why. Lazy: most of those who are away come back, and bring what they hold.
// Decides not who makes them, or for whom: repair-plan.ts.
import type { Code } from './code.ts';
import type { GroupColumns } from './columns.ts';
import { enoughOnline, fewestOnline, LAZY_REPAIR, type RepairPolicy } from './repair-policy.ts';

export type RepairReason =
  /** One more loss is all that it can take: at once, and however few can be made. */
  | 'critical'
  /** Too many are gone for good. */
  | 'degraded'
  /** Enough are alive, but in office hours too few of them are online. */
  | 'floor';

export interface RepairNeed {
  readonly reason: RepairReason;
  readonly columns: number;
  /** Fewer are not worth the columns that have to be pulled for them. */
  readonly leastColumns: number;
}

export interface GroupFacts {
  readonly code: Code;
  readonly columns: GroupColumns;
  /** From below-floor.ts. */
  readonly belowFloorOfficeMs: number;
}

export function repairNeed(facts: GroupFacts, policy: RepairPolicy = LAZY_REPAIR): RepairNeed | undefined {
  // With fewer than k online nothing can be made.
  if (facts.columns.online.size < facts.code.k) return undefined;
  return thinNeed(facts, policy) ?? floorNeed(facts, policy);
}

function thinNeed({ code, columns: { alive, taken } }: GroupFacts, policy: RepairPolicy): RepairNeed | undefined {
  const columns = code.n - taken.size;
  if (columns <= 0 || alive.size >= policy.fewestAlive(code)) return undefined;
  if (alive.size <= code.k + 1) return { reason: 'critical', columns, leastColumns: 1 };
  const leastColumns = leastWorthIt(code, policy);
  return columns < leastColumns ? undefined : { reason: 'degraded', columns, leastColumns };
}

function floorNeed({ code, columns, belowFloorOfficeMs }: GroupFacts, policy: RepairPolicy): RepairNeed | undefined {
  const { floor } = policy;
  if (!floor || belowFloorOfficeMs < floor.afterMs) return undefined;
  const enough = enoughOnline(code, floor);
  const toMake = enough - columns.arriving.size;
  const leastColumns = Math.min(leastWorthIt(code, policy), enough - fewestOnline(code, floor) + 1);
  return toMake < leastColumns ? undefined : { reason: 'floor', columns: toMake, leastColumns };
}

/** A copy is made of a copy; nothing has to be gathered for it. */
function leastWorthIt({ k }: Code, { leastColumns }: RepairPolicy): number {
  return k === 1 ? 1 : leastColumns;
}
