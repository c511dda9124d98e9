// Queries on places, one or a group at a time. Which state follows from what is decided in store/place.ts.
import { and, eq, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import { union } from 'drizzle-orm/sqlite-core';
import type { Database } from '../client.ts';
import { places, storedVersions } from '../store-schema.ts';
import type { ColumnKey } from './store-groups.ts';

export type PlaceRow = typeof places.$inferSelect;
export type PlaceKey = Pick<PlaceRow, 'versionId' | 'group' | 'index' | 'deviceId'>;

const NO_RECEIPT = { contentId: null, receiptIat: null, receiptSignature: null };

export function findPlace(db: Database, key: PlaceKey): PlaceRow | undefined {
  return db.select().from(places).where(isPlace(key)).get();
}

/** A place that had been released, or lost it, begins anew. */
export function assignPlace(
  db: Database,
  place: PlaceKey & Pick<PlaceRow, 'sizeBytes' | 'sourceDeviceId'>,
  now: number,
): void {
  const { sizeBytes, sourceDeviceId } = place;
  const assigned = { state: 'assigned' as const, sinceMs: now, sizeBytes, sourceDeviceId, ...NO_RECEIPT };
  db.insert(places)
    .values({ ...place, ...assigned, checkedAt: null })
    .onConflictDoUpdate({
      target: [places.versionId, places.group, places.index, places.deviceId],
      set: { ...assigned, checkedAt: null },
    })
    .run();
}

export function updatePlace(
  db: Database,
  key: PlaceKey,
  change: Partial<Pick<PlaceRow, 'state' | 'sinceMs' | 'contentId' | 'receiptIat' | 'receiptSignature' | 'checkedAt'>>,
): void {
  db.update(places).set(change).where(isPlace(key)).run();
}

/** The device does not have what it had signed for. */
export function forgetReceipt(db: Database, key: PlaceKey): void {
  updatePlace(db, key, NO_RECEIPT);
}

export function deletePlace(db: Database, key: PlaceKey): void {
  db.delete(places).where(isPlace(key)).run();
}

/** @returns devices whose receipts have waited for the uploader to say the same */
export function holdConfirmed(db: Database, column: ColumnKey, contentId: string, now: number): string[] {
  return db
    .update(places)
    .set({ state: 'held', sinceMs: now })
    .where(and(isColumn(column), eq(places.state, 'assigned'), eq(places.contentId, contentId)))
    .returning({ deviceId: places.deviceId })
    .all()
    .map(({ deviceId }) => deviceId);
}

/** What it has is not what it should be. @returns devices whose receipts say something else than the uploader */
export function missContradicted(db: Database, column: ColumnKey, contentId: string, now: number): string[] {
  const differs = and(isNotNull(places.contentId), ne(places.contentId, contentId));
  return db
    .update(places)
    .set({ state: 'missing', sinceMs: now })
    .where(and(isColumn(column), eq(places.state, 'assigned'), differs))
    .returning({ deviceId: places.deviceId })
    .all()
    .map(({ deviceId }) => deviceId);
}

/** Of a version that is gone: whoever has it, or fetches it, is to delete it. @returns devices that are to do something */
export function releaseVersion(db: Database, versionId: string, now: number): string[] {
  db.delete(places)
    .where(and(eq(places.versionId, versionId), eq(places.state, 'missing')))
    .run();
  const released = db
    .update(places)
    .set({ state: 'released', sinceMs: now, ...NO_RECEIPT })
    .where(eq(places.versionId, versionId))
    .returning({ deviceId: places.deviceId })
    .all();
  return [...new Set(released.map(({ deviceId }) => deviceId))];
}

/** In every state. */
export function placesOfGroups(db: Database, versionId: string, groups: readonly number[]): PlaceRow[] {
  return db
    .select()
    .from(places)
    .where(and(eq(places.versionId, versionId), inArray(places.group, [...groups])))
    .all();
}

/** Of all groups, in every state, in order. */
export function placesOfVersion(db: Database, versionId: string): PlaceRow[] {
  return db.select().from(places).where(eq(places.versionId, versionId)).all();
}

/** Devices that wait for what one device serves them: as an uploader, or as a repairer. */
export function devicesWaitingFor(db: Database, sourceDeviceId: string): string[] {
  // In words, for an index that knows assigned places alone.
  const isAssigned = sql`${places.state} = 'assigned'`;
  const fromRepairer = db
    .select({ deviceId: places.deviceId })
    .from(places)
    .where(and(isAssigned, eq(places.sourceDeviceId, sourceDeviceId)));
  const fromUploader = db
    .select({ deviceId: places.deviceId })
    .from(storedVersions)
    .innerJoin(places, eq(places.versionId, storedVersions.versionId))
    .where(and(eq(storedVersions.uploaderDeviceId, sourceDeviceId), isAssigned, isNull(places.sourceDeviceId)));
  return union(fromRepairer, fromUploader)
    .all()
    .map(({ deviceId }) => deviceId);
}

function isColumn({ versionId, group, index }: ColumnKey) {
  return and(eq(places.versionId, versionId), eq(places.group, group), eq(places.index, index));
}

function isPlace({ deviceId, ...column }: PlaceKey) {
  return and(isColumn(column), eq(places.deviceId, deviceId));
}
