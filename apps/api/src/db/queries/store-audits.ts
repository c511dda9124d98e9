// Queries on audits: what of whom was to be checked by whom, and what came of it. Decides nothing.
import { and, asc, count, eq, gt, gte, isNotNull, isNull, lt, max, ne, sql } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { devices } from '../schema.ts';
import { audits, places, storedColumns } from '../store-schema.ts';
import type { PlaceKey, PlaceRow } from './store-places.ts';
import { isStoredColumn } from './stored-column.ts';

export type AuditRow = typeof audits.$inferSelect;
export type Verdict = NonNullable<AuditRow['verdict']>;

export function insertAudit(db: Database, audit: Omit<AuditRow, 'verdict' | 'concludedAt'>): void {
  db.insert(audits).values(audit).run();
}

export function findAudit(db: Database, auditId: string): AuditRow | undefined {
  return db.select().from(audits).where(eq(audits.auditId, auditId)).get();
}

/** Whether nobody had said anything of it before. */
export function concludeAudit(db: Database, auditId: string, verdict: Verdict, concludedAt: number): boolean {
  const isOpen = and(eq(audits.auditId, auditId), isNull(audits.verdict));
  return db.update(audits).set({ verdict, concludedAt }).where(isOpen).run().changes === 1;
}

/** With what the column contains; the oldest first. */
export function openAudits(db: Database, auditorId: string, createdAfter: number) {
  return db
    .select({ audit: audits, contentId: storedColumns.contentId, sizeBytes: storedColumns.sizeBytes })
    .from(audits)
    .innerJoin(storedColumns, isStoredColumn(audits))
    .where(and(eq(audits.auditorId, auditorId), isNull(audits.verdict), gt(audits.createdAt, createdAfter)))
    .orderBy(asc(audits.createdAt))
    .all();
}

/** When somebody was last asked to check this device; null: never. */
export function lastAuditOf(db: Database, holderId: string): number | null {
  return (
    db
      .select({ at: max(audits.createdAt) })
      .from(audits)
      .where(eq(audits.holderId, holderId))
      .get()?.at ?? null
  );
}

/** Whether this place is missing because somebody who was asked did not find it there, whatever the device says. */
export function wasMissedByAudit(db: Database, { state, sinceMs, ...place }: PlaceRow): boolean {
  if (state !== 'missing') return false;
  const isIt = and(isOf(place), eq(audits.verdict, 'missing'), gte(audits.concludedAt, sinceMs));
  return db.select({ auditId: audits.auditId }).from(audits).where(isIt).limit(1).get() !== undefined;
}

/** Whether somebody is asked to look at this column there. */
export function isLookedAt(db: Database, place: PlaceKey, askedAfter: number): boolean {
  const isIt = and(isOf(place), isNull(audits.verdict), gt(audits.createdAt, askedAfter));
  return db.select({ auditId: audits.auditId }).from(audits).where(isIt).limit(1).get() !== undefined;
}

function isOf({ versionId, group, index, deviceId }: PlaceKey) {
  return and(
    eq(audits.holderId, deviceId),
    eq(audits.versionId, versionId),
    eq(audits.group, group),
    eq(audits.index, index),
  );
}

export interface FailedAudit {
  auditorOwnerId: string;
  concludedAt: number;
}

/** Since the last one that was good: who got nothing from this device, and when; in order. */
export function failedAuditsOf(db: Database, holderId: string): FailedAudit[] {
  const lastGood = db
    .select({ at: max(audits.concludedAt) })
    .from(audits)
    .where(and(eq(audits.holderId, holderId), eq(audits.verdict, 'good')))
    .get()?.at;
  return db
    .select({ auditorOwnerId: devices.userId, concludedAt: sql<number>`${audits.concludedAt}` })
    .from(audits)
    .innerJoin(devices, eq(devices.deviceId, audits.auditorId))
    .where(
      and(
        eq(audits.holderId, holderId),
        isNotNull(audits.verdict),
        ne(audits.verdict, 'good'),
        gt(audits.concludedAt, lastGood ?? 0),
      ),
    )
    .orderBy(asc(audits.concludedAt))
    .all();
}

export interface CheckableColumn {
  versionId: string;
  group: number;
  index: number;
  sizeBytes: number;
  checkedAt: number | null;
}

/** Of those that the device holds, the ones that were not checked for longest, or never. */
export function leastChecked(db: Database, holderId: string, limit: number): CheckableColumn[] {
  return db
    .select({
      versionId: places.versionId,
      group: places.group,
      index: places.index,
      sizeBytes: places.sizeBytes,
      checkedAt: places.checkedAt,
    })
    .from(places)
    .where(and(eq(places.deviceId, holderId), eq(places.state, 'held')))
    .orderBy(sql`coalesce(${places.checkedAt}, 0)`)
    .limit(limit)
    .all();
}

export function countCheckedSince(db: Database, holderId: string, since: number): number {
  const isOne = and(eq(places.deviceId, holderId), eq(places.state, 'held'), gte(places.checkedAt, since));
  return db.select({ total: count() }).from(places).where(isOne).get()?.total ?? 0;
}

export function countAuditsSince(db: Database, since: number): number {
  const isOne = and(isNotNull(audits.verdict), gte(audits.createdAt, since));
  return db.select({ total: count() }).from(audits).where(isOne).get()?.total ?? 0;
}

export function deleteAuditsBefore(db: Database, createdBefore: number): void {
  db.delete(audits).where(lt(audits.createdAt, createdBefore)).run();
}
