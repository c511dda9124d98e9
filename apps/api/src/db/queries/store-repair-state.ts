// Whether columns of a version are made anew at this moment. Decides nothing.
import { and, eq, gt, isNotNull } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { repairLeases } from '../store-schema.ts';

export function isUnderRepair(db: Database, versionId: string, nowMs: number): boolean {
  const isLeased = and(isNotNull(repairLeases.deviceId), gt(repairLeases.leasedUntil, nowMs));
  return (
    db
      .select({ group: repairLeases.group })
      .from(repairLeases)
      .where(and(eq(repairLeases.versionId, versionId), isLeased))
      .limit(1)
      .get() !== undefined
  );
}
