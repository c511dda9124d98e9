// Queries on the keys that devices have told. Decides nothing.

import type { DeviceKeys } from '@ferry/shared';
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { devices } from '../schema.ts';
import { deviceKeys, nodeTokens } from '../store-schema.ts';

export function findDeviceKeys(db: Database, deviceId: string): DeviceKeys | undefined {
  return db.select(KEYS).from(deviceKeys).where(eq(deviceKeys.deviceId, deviceId)).get();
}

/** In place of those that were told before. */
export function putDeviceKeys(db: Database, keys: DeviceKeys, createdAt: number): void {
  const { deviceId, ...told } = keys;
  db.insert(deviceKeys)
    .values({ ...keys, createdAt })
    .onConflictDoUpdate({ target: deviceKeys.deviceId, set: { ...told, createdAt } })
    .run();
}

/** Of a person's browsers, the one last seen first. */
export function browserKeysOf(db: Database, userId: string, most: number): DeviceKeys[] {
  return db
    .select(KEYS)
    .from(deviceKeys)
    .innerJoin(devices, eq(devices.deviceId, deviceKeys.deviceId))
    .leftJoin(nodeTokens, eq(nodeTokens.nodeId, deviceKeys.deviceId))
    .where(and(eq(devices.userId, userId), isNull(nodeTokens.nodeId)))
    .orderBy(desc(devices.lastSeenAt))
    .limit(most)
    .all();
}

const KEYS = {
  deviceId: deviceKeys.deviceId,
  signing: deviceKeys.signing,
  agreement: deviceKeys.agreement,
  signature: deviceKeys.signature,
};
