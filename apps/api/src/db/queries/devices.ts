// Queries on devices. Decides nothing.
import { and, asc, count, desc, eq, inArray, isNull, max, notExists, sql } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { devices, users } from '../schema.ts';
import { nodeTokens, places, storedVersions, wrappedKeys } from '../store-schema.ts';

export type DeviceRow = typeof devices.$inferSelect;

export function findDevice(db: Database, deviceId: string): DeviceRow | undefined {
  return db.select().from(devices).where(eq(devices.deviceId, deviceId)).get();
}

export function allDevices(db: Database): DeviceRow[] {
  return db.select().from(devices).orderBy(desc(devices.lastSeenAt)).all();
}

export function insertDevice(db: Database, device: DeviceRow): void {
  db.insert(devices).values(device).run();
}

/** Makes it known, or renames it; the owner never changes. */
export function saveDevice(db: Database, device: DeviceRow): void {
  const { name, lastSeenAt } = device;
  db.insert(devices).values(device).onConflictDoUpdate({ target: devices.deviceId, set: { name, lastSeenAt } }).run();
}

export function touchDevice(db: Database, deviceId: string, lastSeenAt: number): void {
  db.update(devices).set({ lastSeenAt }).where(eq(devices.deviceId, deviceId)).run();
}

export function touchDevices(db: Database, deviceIds: readonly string[], lastSeenAt: number): void {
  const areThese = sql`${devices.deviceId} IN (SELECT value FROM json_each(${JSON.stringify(deviceIds)}))`;
  db.update(devices).set({ lastSeenAt }).where(areThese).run();
}

export interface NamedDevice {
  userId: string;
  username: string;
  deviceId: string;
  deviceName: string;
}

/** Those of these that there are, by the names of their owners. */
export function namedDevices(db: Database, deviceIds: readonly string[]): NamedDevice[] {
  return db
    .select({
      userId: users.userId,
      username: users.username,
      deviceId: devices.deviceId,
      deviceName: devices.name,
    })
    .from(devices)
    .innerJoin(users, eq(users.userId, devices.userId))
    .where(inArray(devices.deviceId, [...deviceIds]))
    .orderBy(users.usernameKey, devices.name)
    .all();
}

/** With whatever is known of it: its keys, its offer, what it keeps. */
export function deleteDevice(db: Database, deviceId: string): void {
  db.delete(devices).where(eq(devices.deviceId, deviceId)).run();
}

export function countBrowsersOf(db: Database, userId: string): number {
  return db.select({ total: count() }).from(devices).where(isBrowserOf(db, userId)).get()?.total ?? 0;
}

/** Those that keep nothing, have uploaded nothing and have nothing waiting for them; not seen for longest comes first. */
export function idleBrowsersOf(db: Database, userId: string): string[] {
  const kept = db.select({ deviceId: places.deviceId }).from(places).where(eq(places.deviceId, devices.deviceId));
  const uploaded = db
    .select({ versionId: storedVersions.versionId })
    .from(storedVersions)
    .where(eq(storedVersions.uploaderDeviceId, devices.deviceId));
  const waiting = db
    .select({ versionId: wrappedKeys.versionId })
    .from(wrappedKeys)
    .where(eq(wrappedKeys.deviceId, devices.deviceId));
  return db
    .select({ deviceId: devices.deviceId })
    .from(devices)
    .where(and(isBrowserOf(db, userId), notExists(kept), notExists(uploaded), notExists(waiting)))
    .orderBy(asc(devices.lastSeenAt))
    .all()
    .map(({ deviceId }) => deviceId);
}

function isBrowserOf(db: Database, userId: string) {
  const node = db.select({ nodeId: nodeTokens.nodeId }).from(nodeTokens).where(eq(nodeTokens.nodeId, devices.deviceId));
  return and(eq(devices.userId, userId), notExists(node));
}

/** When each user, or only this one, was last seen with any browser: a node is there when nobody is. */
export function lastSeenByUser(db: Database, userId?: string): Map<string, number> {
  const rows = db
    .select({ userId: devices.userId, lastSeenAt: max(devices.lastSeenAt) })
    .from(devices)
    .leftJoin(nodeTokens, eq(nodeTokens.nodeId, devices.deviceId))
    .where(and(isNull(nodeTokens.nodeId), userId === undefined ? undefined : eq(devices.userId, userId)))
    .groupBy(devices.userId)
    .all();
  return new Map(rows.map(({ userId, lastSeenAt }) => [userId, lastSeenAt ?? 0]));
}
