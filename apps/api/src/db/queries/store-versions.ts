// Queries on stored versions, one at a time. Decides nothing.
import { and, asc, count, desc, eq, gt, inArray, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { storedVersions } from '../store-schema.ts';

export type VersionRow = typeof storedVersions.$inferSelect;

/** Also one that is gone. */
export function findVersion(db: Database, versionId: string): VersionRow | undefined {
  return db.select().from(storedVersions).where(eq(storedVersions.versionId, versionId)).get();
}

export function insertVersion(db: Database, version: VersionRow): void {
  db.insert(storedVersions).values(version).run();
}

export function updateVersion(
  db: Database,
  versionId: string,
  change: Partial<Pick<VersionRow, 'k' | 'n' | 'acceptedAt' | 'expiresAt'>>,
): void {
  db.update(storedVersions).set(change).where(eq(storedVersions.versionId, versionId)).run();
}

/** Nothing stays but that it was there: neither its name nor its key. */
export function markVersionGone(db: Database, versionId: string, now: number): void {
  db.update(storedVersions)
    .set({ goneAt: now, isLatest: false, name: '', nameKey: '', mediaType: '', key: null, expiresAt: null })
    .where(eq(storedVersions.versionId, versionId))
    .run();
}

/** Of the same name by the same person, newest first. */
export function versionsNamed(db: Database, ownerId: string, name: string): VersionRow[] {
  return db
    .select()
    .from(storedVersions)
    .where(
      and(
        eq(storedVersions.ownerId, ownerId),
        eq(storedVersions.name, name),
        eq(storedVersions.contentType, 'file'),
        isNull(storedVersions.goneAt),
      ),
    )
    .orderBy(desc(storedVersions.createdAt), desc(storedVersions.versionId))
    .all();
}

export function setLatest(db: Database, versionIds: readonly string[], isLatest: boolean): void {
  db.update(storedVersions)
    .set({ isLatest })
    .where(inArray(storedVersions.versionId, [...versionIds]))
    .run();
}

/** Those that are not in the Store yet, and those that have been there only since then: their uploader has the file. */
export function versionsAtUploaders(db: Database, acceptedAfter: number): string[] {
  return db
    .select({ versionId: storedVersions.versionId })
    .from(storedVersions)
    .where(and(isAcceptedAfter(acceptedAfter), isNull(storedVersions.goneAt)))
    .all()
    .map(({ versionId }) => versionId);
}

export function versionsUploadedFrom(db: Database, deviceId: string, acceptedAfter: number): string[] {
  return db
    .select({ versionId: storedVersions.versionId })
    .from(storedVersions)
    .where(
      and(eq(storedVersions.uploaderDeviceId, deviceId), isAcceptedAfter(acceptedAfter), isNull(storedVersions.goneAt)),
    )
    .all()
    .map(({ versionId }) => versionId);
}

/** Or not yet. */
function isAcceptedAfter(acceptedAfter: number) {
  return or(isNull(storedVersions.acceptedAt), gt(storedVersions.acceptedAt, acceptedAfter));
}

/** Those that are no deliveries, in order of their ids. */
export function storedFilesAfter(db: Database, after: string, limit: number): VersionRow[] {
  const { versionId, contentType, goneAt } = storedVersions;
  return db
    .select()
    .from(storedVersions)
    .where(and(gt(versionId, after), eq(contentType, 'file'), isNull(goneAt)))
    .orderBy(asc(versionId))
    .limit(limit)
    .all();
}

/** Whose time is over. */
export function expiredVersions(db: Database, nowMs: number, limit: number): VersionRow[] {
  return db
    .select()
    .from(storedVersions)
    .where(
      and(isNotNull(storedVersions.expiresAt), lte(storedVersions.expiresAt, nowMs), isNull(storedVersions.goneAt)),
    )
    .limit(limit)
    .all();
}

/** Those that are in the Store, in order of their ids. */
export function versionsToRepair(db: Database, after: string, limit: number): string[] {
  const { versionId, acceptedAt, goneAt } = storedVersions;
  return db
    .select({ versionId })
    .from(storedVersions)
    .where(and(gt(versionId, after), isNotNull(acceptedAt), isNull(goneAt)))
    .orderBy(asc(versionId))
    .limit(limit)
    .all()
    .map((row) => row.versionId);
}

export function deleteVersionsGoneBefore(db: Database, goneBefore: number): void {
  db.delete(storedVersions).where(lt(storedVersions.goneAt, goneBefore)).run();
}

export interface VersionCount {
  files: number;
  bytes: number;
}

/** Of everybody, deliveries too, as they were uploaded. */
export function countVersions(db: Database): VersionCount {
  const bytes = sql<number>`coalesce(sum(${storedVersions.sizeBytes}), 0)`;
  const counted = db.select({ files: count(), bytes }).from(storedVersions).where(isNull(storedVersions.goneAt)).get();
  return counted ?? { files: 0, bytes: 0 };
}
