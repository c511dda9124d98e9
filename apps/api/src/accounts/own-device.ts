// Whose device it is that a request speaks for: a device id is chosen by a browser, and belongs to the account that
// named it first. Knows no sessions and no presence.
import type { Database } from '../db/client.ts';
import { findDeviceKeys } from '../db/queries/device-keys.ts';
import { type DeviceRow, findDevice, insertDevice } from '../db/queries/devices.ts';
import { findOffer } from '../db/queries/store-offers.ts';
import { refusal } from '../trpc/error.ts';

/** Until the device opens its inbox, and says how it is called. */
const UNNAMED = 'Browser';

/** @throws `device-taken` when it is another account's */
export function checkDevice(db: Database, userId: string, deviceId: string): DeviceRow | undefined {
  const known = findDevice(db, deviceId);
  if (known && known.userId !== userId) throw refusal('device-taken');
  return known;
}

/**
 * One that may keep columns: it has told its keys and the room it gives. Of an id that is made up nothing is remembered.
 *
 * @throws `device-taken`, `forbidden`
 */
export function checkHolder(db: Database, userId: string, deviceId: string): void {
  checkDevice(db, userId, deviceId);
  if (!findDeviceKeys(db, deviceId) || !findOffer(db, deviceId)) throw refusal('forbidden');
}

/**
 * From now on it is this account's, if it was nobody's. A browser may share something a moment before its inbox opens.
 *
 * @throws `device-taken`
 */
export function claimDevice(db: Database, userId: string, deviceId: string): void {
  if (checkDevice(db, userId, deviceId)) return;
  const now = Date.now();
  insertDevice(db, { deviceId, userId, name: UNNAMED, createdAt: now, lastSeenAt: now });
}
