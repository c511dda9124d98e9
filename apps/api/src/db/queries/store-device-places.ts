// Queries on the places of one device. Decides nothing.
import { and, asc, eq, inArray, isNull, ne, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Database } from '../client.ts';
import { places, storedColumns, storedVersions } from '../store-schema.ts';
import type { ColumnKey } from './store-groups.ts';
import type { PlaceRow } from './store-places.ts';
import { isStoredColumn } from './stored-column.ts';

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
  /** What it must be, if its uploader has said so. */
  knownContentId: string | null;
}

/** What the device was asked for and has not signed for, the oldest uploads first. */
export function columnsToKeep(db: Database, deviceId: string, limit: number): ColumnToKeep[] {
  return db
    .select({
      place: places,
      uploaderDeviceId: storedVersions.uploaderDeviceId,
      uploaderId: storedVersions.ownerId,
      knownContentId: storedColumns.contentId,
    })
    .from(places)
    .innerJoin(storedVersions, eq(storedVersions.versionId, places.versionId))
    .leftJoin(storedColumns, isStoredColumn(places))
    .where(and(eq(places.deviceId, deviceId), eq(places.state, 'assigned'), isNull(places.contentId)))
    .orderBy(asc(storedVersions.createdAt), asc(places.versionId), asc(places.group), asc(places.index))
    .limit(limit)
    .all()
    .map(({ place, ...about }) => ({ ...place, ...about }));
}

/** Who else holds what the device is to keep, of these versions. */
export function otherHolders(
  db: Database,
  deviceId: string,
  versionIds: readonly string[],
): (ColumnKey & { deviceId: string })[] {
  const wanted = alias(places, 'wanted');
  const isSameColumn = and(
    eq(places.versionId, wanted.versionId),
    eq(places.group, wanted.group),
    eq(places.index, wanted.index),
    ne(places.deviceId, deviceId),
    eq(places.state, 'held'),
  );
  return db
    .select({ versionId: places.versionId, group: places.group, index: places.index, deviceId: places.deviceId })
    .from(wanted)
    .innerJoin(places, isSameColumn)
    .where(
      and(
        eq(wanted.deviceId, deviceId),
        eq(wanted.state, 'assigned'),
        isNull(wanted.contentId),
        inArray(wanted.versionId, [...versionIds]),
      ),
    )
    .all();
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
