// Queries on reports of wrong bytes, and on the quarantine that follows from them. Decides nothing.
import { and, asc, count, eq, gt, gte, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { devices, users } from '../schema.ts';
import { audits, spaceOffers, wrongByteReports } from '../store-schema.ts';

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

export function countReportsBy(db: Database, reporterId: string, since: number): number {
  const isOne = and(eq(wrongByteReports.reporterId, reporterId), gt(wrongByteReports.reportedAt, since));
  return db.select({ total: count() }).from(wrongByteReports).where(isOne).get()?.total ?? 0;
}

/** Whether somebody who was asked has since found right what this person reported wrong at this device. */
export function wasRefuted(
  db: Database,
  { holderId, reporterId }: Pick<ReportRow, 'holderId' | 'reporterId'>,
  since: number,
): boolean {
  const isSameColumn = and(
    eq(audits.holderId, wrongByteReports.holderId),
    eq(audits.versionId, wrongByteReports.versionId),
    eq(audits.group, wrongByteReports.group),
    eq(audits.index, wrongByteReports.index),
  );
  const isReport = and(eq(wrongByteReports.holderId, holderId), eq(wrongByteReports.reporterId, reporterId));
  const isAnswer = and(
    eq(audits.verdict, 'good'),
    gt(audits.concludedAt, since),
    gte(audits.createdAt, wrongByteReports.reportedAt),
  );
  return (
    db
      .select({ auditId: audits.auditId })
      .from(wrongByteReports)
      .innerJoin(audits, isSameColumn)
      .where(and(isReport, isAnswer))
      .limit(1)
      .get() !== undefined
  );
}

export function deleteReportsBefore(db: Database, reportedBefore: number): void {
  db.delete(wrongByteReports).where(lt(wrongByteReports.reportedAt, reportedBefore)).run();
}

/** Whether it was not before. */
export function quarantine(db: Database, deviceId: string, quarantinedAt: number): boolean {
  const isFree = and(eq(spaceOffers.deviceId, deviceId), isNull(spaceOffers.quarantinedAt));
  return db.update(spaceOffers).set({ quarantinedAt }).where(isFree).run().changes === 1;
}

export interface QuarantinedDevice {
  deviceId: string;
  name: string;
  username: string;
  quarantinedAt: number;
}

/** Since longest first. */
export function quarantinedDevices(db: Database): QuarantinedDevice[] {
  return db
    .select({
      deviceId: spaceOffers.deviceId,
      name: devices.name,
      username: users.username,
      quarantinedAt: sql<number>`${spaceOffers.quarantinedAt}`,
    })
    .from(spaceOffers)
    .innerJoin(devices, eq(devices.deviceId, spaceOffers.deviceId))
    .innerJoin(users, eq(users.userId, devices.userId))
    .where(isNotNull(spaceOffers.quarantinedAt))
    .orderBy(asc(spaceOffers.quarantinedAt))
    .all();
}

export function endQuarantine(db: Database, deviceId: string): void {
  db.update(spaceOffers).set({ quarantinedAt: null }).where(eq(spaceOffers.deviceId, deviceId)).run();
}

export function deleteReportsOf(db: Database, holderId: string): void {
  db.delete(wrongByteReports).where(eq(wrongByteReports.holderId, holderId)).run();
}

/** @returns how many devices */
export function endQuarantinesBefore(db: Database, quarantinedBefore: number): number {
  const isOver = and(isNotNull(spaceOffers.quarantinedAt), lt(spaceOffers.quarantinedAt, quarantinedBefore));
  return db.update(spaceOffers).set({ quarantinedAt: null }).where(isOver).run().changes;
}
