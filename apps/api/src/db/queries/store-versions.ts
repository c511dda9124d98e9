// Queries on stored versions, one at a time. Decides nothing.
import { and, asc, count, desc, eq, gt, isNotNull, isNull, lt, lte, ne, or, type SQL, sql } from 'drizzle-orm';
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
    .where(areNamed(ownerId, name))
    .orderBy(desc(storedVersions.createdAt), desc(storedVersions.versionId))
    .all();
}

/**
 * The newest of a name that is in the Store is the one that is listed; of a name of which none is yet, the newest. What is on
 * its way hides nothing that is safe.
 */
export function electLatest(db: Database, { ownerId, name }: Pick<VersionRow, 'ownerId' | 'name'>): void {
  const { versionId, isLatest } = storedVersions;
  const latestId =
    newestNamed(db, ownerId, name, isNotNull(storedVersions.acceptedAt)) ?? newestNamed(db, ownerId, name);
  if (latestId === undefined) return;
  const isAnother = and(areNamed(ownerId, name), eq(isLatest, true), ne(versionId, latestId));
  db.update(storedVersions).set({ isLatest: false }).where(isAnother).run();
  db.update(storedVersions)
    .set({ isLatest: true })
    .where(and(eq(versionId, latestId), eq(isLatest, false)))
    .run();
}

function newestNamed(db: Database, ownerId: string, name: string, isIn?: SQL): string | undefined {
  return db
    .select({ versionId: storedVersions.versionId })
    .from(storedVersions)
    .where(and(areNamed(ownerId, name), isIn))
    .orderBy(desc(storedVersions.createdAt), desc(storedVersions.versionId))
    .limit(1)
    .get()?.versionId;
}

function areNamed(ownerId: string, name: string) {
  return and(
    eq(storedVersions.ownerId, ownerId),
    eq(storedVersions.name, name),
    eq(storedVersions.contentType, 'file'),
    isNull(storedVersions.goneAt),
  );
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

/** All that somebody has stored, deliveries too; the newest first. */
export function versionsOf(db: Database, ownerId: string): VersionRow[] {
  return db
    .select()
    .from(storedVersions)
    .where(and(eq(storedVersions.ownerId, ownerId), isNull(storedVersions.goneAt)))
    .orderBy(desc(storedVersions.createdAt), desc(storedVersions.versionId))
    .all();
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
