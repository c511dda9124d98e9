// Queries on reports of wrong bytes, and on the quarantine that follows from them. Decides nothing.
import { and, eq, gt, isNotNull, isNull, lt } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { spaceOffers, wrongByteReports } from '../store-schema.ts';

export type ReportRow = typeof wrongByteReports.$inferSelect;

/** One that the same person made before is made anew. */
export function putReport(db: Database, report: ReportRow): void {
  const { holderId, versionId, group, index, reporterId } = wrongByteReports;
  db.insert(wrongByteReports)
    .values(report)
    .onConflictDoUpdate({
      target: [holderId, versionId, group, index, reporterId],
      set: { reportedAt: report.reportedAt },
    })
    .run();
}

export function reportsOf(db: Database, holderId: string, since: number): ReportRow[] {
  return db
    .select()
    .from(wrongByteReports)
    .where(and(eq(wrongByteReports.holderId, holderId), gt(wrongByteReports.reportedAt, since)))
    .all();
}

export function deleteReportsBefore(db: Database, reportedBefore: number): void {
  db.delete(wrongByteReports).where(lt(wrongByteReports.reportedAt, reportedBefore)).run();
}

/** Whether it was not before. */
export function quarantine(db: Database, deviceId: string, quarantinedAt: number): boolean {
  const isFree = and(eq(spaceOffers.deviceId, deviceId), isNull(spaceOffers.quarantinedAt));
  return db.update(spaceOffers).set({ quarantinedAt }).where(isFree).run().changes === 1;
}

/** @returns how many devices */
export function endQuarantinesBefore(db: Database, quarantinedBefore: number): number {
  const isOver = and(isNotNull(spaceOffers.quarantinedAt), lt(spaceOffers.quarantinedAt, quarantinedBefore));
  return db.update(spaceOffers).set({ quarantinedAt: null }).where(isOver).run().changes;
}
