// Queries on repairs: who leases which group, and what was planned with it. Decides nothing.
import { and, eq, gt, isNotNull } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { repairLeases } from '../store-schema.ts';

export interface Group {
  versionId: string;
  group: number;
}

/** What was planned when it was leased; kept with it as JSON. */
export interface RepairPlanRow {
  make: { index: number; deviceId: string }[];
  /** When it was taken; builds of before did not say. */
  takenMs?: number;
}

export interface LeaseRow extends Group {
  token: number;
  deviceId: string | null;
  leasedUntil: number;
  plan: RepairPlanRow;
}

export function findLease(db: Database, { versionId, group }: Group): LeaseRow | undefined {
  const isIt = and(eq(repairLeases.versionId, versionId), eq(repairLeases.group, group));
  const row = db.select().from(repairLeases).where(isIt).get();
  return row && asLease(row);
}

export function putLease(db: Database, row: LeaseRow): void {
  const { token, deviceId, leasedUntil, plan } = row;
  db.insert(repairLeases)
    .values(row)
    .onConflictDoUpdate({
      target: [repairLeases.versionId, repairLeases.group],
      set: { token, deviceId, leasedUntil, plan },
    })
    .run();
}

/** Those that have not run out, of this device or of all. */
export function liveLeases(db: Database, nowMs: number, deviceId?: string): LeaseRow[] {
  const isTheirs = deviceId === undefined ? isNotNull(repairLeases.deviceId) : eq(repairLeases.deviceId, deviceId);
  const isLive = and(isTheirs, gt(repairLeases.leasedUntil, nowMs));
  return db.select().from(repairLeases).where(isLive).all().map(asLease);
}

function asLease({ plan, ...row }: typeof repairLeases.$inferSelect): LeaseRow {
  return { ...row, plan: plan as RepairPlanRow };
}
