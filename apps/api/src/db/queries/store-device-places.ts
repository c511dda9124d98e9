// Queries on the places of one device. Decides nothing.
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { places, storedVersions } from '../store-schema.ts';
import type { PlaceRow } from './store-places.ts';

export interface OccupiedBytes {
  assigned: number;
  held: number;
}

/** From the index alone. */
export function occupiedBytes(db: Database, deviceId: string): OccupiedBytes {
  const rows = db
    .select({ state: places.state, bytes: sql<number>`sum(${places.sizeBytes})` })
    .from(places)
    .where(and(eq(places.deviceId, deviceId), sql`${places.state} IN ('assigned', 'held')`))
    .groupBy(places.state)
    .all();
  const of = (state: PlaceRow['state']) => rows.find((row) => row.state === state)?.bytes ?? 0;
  return { assigned: of('assigned'), held: of('held') };
}

export interface ColumnToKeep extends PlaceRow {
  uploaderDeviceId: string;
  uploaderId: string;
}

/** What the device was asked for and has not signed for, the oldest uploads first. */
export function columnsToKeep(db: Database, deviceId: string, limit: number): ColumnToKeep[] {
  return db
    .select({
      place: places,
      uploaderDeviceId: storedVersions.uploaderDeviceId,
      uploaderId: storedVersions.ownerId,
    })
    .from(places)
    .innerJoin(storedVersions, eq(storedVersions.versionId, places.versionId))
    .where(and(eq(places.deviceId, deviceId), eq(places.state, 'assigned'), isNull(places.contentId)))
    .orderBy(asc(storedVersions.createdAt), asc(places.versionId), asc(places.group), asc(places.index))
    .limit(limit)
    .all()
    .map(({ place, ...uploader }) => ({ ...place, ...uploader }));
}

export function columnsToRelease(db: Database, deviceId: string, limit: number): PlaceRow[] {
  return db
    .select()
    .from(places)
    .where(and(eq(places.deviceId, deviceId), eq(places.state, 'released')))
    .limit(limit)
    .all();
}

/** All there are, in every state. */
export function placesOfDevice(db: Database, deviceId: string): PlaceRow[] {
  return db.select().from(places).where(eq(places.deviceId, deviceId)).all();
}
