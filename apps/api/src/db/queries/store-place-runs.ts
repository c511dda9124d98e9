// Where the columns of a version are, counted up: a device that has the same index of groups that follow each other is one
// row, however many groups there are. Decides nothing.
import { and, count, eq, gte, isNotNull, sql } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { places } from '../store-schema.ts';

export interface HeldRun {
  deviceId: string;
  index: number;
  firstGroup: number;
  groupCount: number;
  sizeBytes: number;
}

/** Of columns that count. */
export function heldRuns(db: Database, versionId: string): HeldRun[] {
  const whole = db
    .select({
      deviceId: places.deviceId,
      index: places.index,
      firstGroup: sql<number>`min(${places.group})`,
      lastGroup: sql<number>`max(${places.group})`,
      groupCount: sql<number>`count(*)`,
      sizeBytes: sql<number>`sum(${places.sizeBytes})`,
    })
    .from(places)
    .where(and(eq(places.versionId, versionId), eq(places.state, 'held')))
    .groupBy(places.index, places.deviceId)
    .all();
  // Hardly ever is there a gap in between; to look for them takes three times as long.
  const hasGaps = whole.some(({ firstGroup, lastGroup, groupCount }) => lastGroup - firstGroup + 1 !== groupCount);
  return hasGaps ? runsBetweenGaps(db, versionId) : whole.map(({ lastGroup, ...run }) => run);
}

/** In groups that follow each other, group minus rank is the same. */
function runsBetweenGaps(db: Database, versionId: string): HeldRun[] {
  return db.all<HeldRun>(sql`
    SELECT device_id AS deviceId, "index", min("group") AS firstGroup, count(*) AS groupCount, sum(size_bytes) AS sizeBytes
    FROM (
      SELECT device_id, "index", "group", size_bytes,
        "group" - row_number() OVER (PARTITION BY "index", device_id ORDER BY "group") AS island
      FROM places WHERE version_id = ${versionId} AND state = 'held'
    )
    GROUP BY "index", device_id, island`);
}

/** Of the groups of which somebody was ever asked to keep something, the last one; -1 when nobody was. */
export function lastPlacedGroup(db: Database, versionId: string): number {
  const last = db
    .select({ group: sql<number | null>`max(${places.group})` })
    .from(places)
    .where(eq(places.versionId, versionId))
    .get();
  return last?.group ?? -1;
}

export interface PlaceOnItsWay {
  group: number;
  deviceId: string;
}

/** From the index of what is on its way alone. */
export function placesOnTheirWay(db: Database, versionId: string): PlaceOnItsWay[] {
  return db
    .select({ group: places.group, deviceId: places.deviceId })
    .from(places)
    .where(and(eq(places.versionId, versionId), sql`${places.state} = 'assigned'`))
    .all();
}

/** Versions of which a column is on its way to somebody. */
export function versionsUnderWay(db: Database): string[] {
  return db
    .selectDistinct({ versionId: places.versionId })
    .from(places)
    .where(sql`${places.state} = 'assigned'`)
    .all()
    .map(({ versionId }) => versionId);
}

/** Of which a device keeps something, or is to. */
export function versionsAtDevice(db: Database, deviceId: string): string[] {
  return db
    .selectDistinct({ versionId: places.versionId })
    .from(places)
    .where(and(eq(places.deviceId, deviceId), sql`${places.state} IN ('assigned', 'held')`))
    .all()
    .map(({ versionId }) => versionId);
}

export type PlaceCounts = Record<(typeof places.$inferSelect)['state'], number>;

export function countPlaces(db: Database): PlaceCounts & { keptBytes: number } {
  const rows = db
    .select({ state: places.state, total: sql<number>`count(*)`, bytes: sql<number>`sum(${places.sizeBytes})` })
    .from(places)
    .groupBy(places.state)
    .all();
  const of = (state: keyof PlaceCounts) => rows.find((row) => row.state === state);
  const total = (state: keyof PlaceCounts) => of(state)?.total ?? 0;
  return {
    assigned: total('assigned'),
    held: total('held'),
    missing: total('missing'),
    released: total('released'),
    keptBytes: of('held')?.bytes ?? 0,
  };
}

/** Groups of which somebody has since got a column that was made anew. */
export function countRepairedGroupsSince(db: Database, since: number): number {
  const repaired = db
    .selectDistinct({ versionId: places.versionId, group: places.group })
    .from(places)
    .where(and(isNotNull(places.sourceDeviceId), eq(places.state, 'held'), gte(places.sinceMs, since)))
    .as('repaired');
  return db.select({ total: count() }).from(repaired).get()?.total ?? 0;
}

/** Whether a device holds anything of a version. */
export function keepsOf(db: Database, deviceId: string, versionId: string): boolean {
  const isHeld = and(eq(places.versionId, versionId), eq(places.deviceId, deviceId), eq(places.state, 'held'));
  return db.select({ group: places.group }).from(places).where(isHeld).limit(1).get() !== undefined;
}
