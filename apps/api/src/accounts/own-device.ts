// Whose device it is that a request speaks for: a device id is chosen by a browser, and belongs to the account that
// named it first. Knows no sessions and no presence.
import type { Database } from '../db/client.ts';
import { findDeviceKeys } from '../db/queries/device-keys.ts';
import {
  countBrowsersOf,
  type DeviceRow,
  deleteDevice,
  findDevice,
  idleBrowsersOf,
  insertDevice,
} from '../db/queries/devices.ts';
import { findOffer } from '../db/queries/store-offers.ts';
import type { PresenceHub } from '../presence/hub.ts';
import { refusal } from '../trpc/error.ts';

/** Every private window is one more; nodes have a bound of their own. */
const BROWSERS_PER_PERSON = 100;

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

interface Present {
  readonly db: Database;
  readonly hub: Pick<PresenceHub, 'onlineSinceMs'>;
}

/**
 * From now on it is this account's, if it was nobody's. A browser may share something a moment before its inbox opens.
 *
 * @throws `device-taken`; `too-many` when none of the account's others can make way
 */
export function claimDevice({ db, hub }: Present, userId: string, deviceId: string): void {
  if (checkDevice(db, userId, deviceId)) return;
  const now = Date.now();
  db.transaction((transaction) => {
    if (countBrowsersOf(transaction, userId) >= BROWSERS_PER_PERSON) makeWay(transaction, hub, userId);
    insertDevice(transaction, { deviceId, userId, name: UNNAMED, createdAt: now, lastSeenAt: now });
  });
}

/** The one that was not seen for longest and that nothing depends on. Should it come back, it is a new one. */
function makeWay(db: Database, hub: Present['hub'], userId: string): void {
  const idle = idleBrowsersOf(db, userId).find((deviceId) => hub.onlineSinceMs(deviceId) === undefined);
  if (idle === undefined) throw refusal('too-many');
  deleteDevice(db, idle);
}
