// Queries on the room that devices give to others. Decides nothing.
import { and, eq, isNull, lt, notExists } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { devices, users } from '../schema.ts';
import { deviceKeys, places, spaceOffers } from '../store-schema.ts';

type OfferRow = typeof spaceOffers.$inferSelect;

export interface OfferingDevice extends OfferRow {
  ownerId: string;
  lastSeenAt: number;
  /** It has told its keys, without which nothing that it signs can be verified. */
  hasKeys: boolean;
}

/** Of people whose accounts are on. */
export function offeringDevices(db: Database): OfferingDevice[] {
  return db
    .select({
      offer: spaceOffers,
      ownerId: devices.userId,
      lastSeenAt: devices.lastSeenAt,
      keysOf: deviceKeys.deviceId,
    })
    .from(spaceOffers)
    .innerJoin(devices, eq(devices.deviceId, spaceOffers.deviceId))
    .innerJoin(users, eq(users.userId, devices.userId))
    .leftJoin(deviceKeys, eq(deviceKeys.deviceId, spaceOffers.deviceId))
    .where(isNull(users.disabledAt))
    .all()
    .map(({ offer, keysOf, ...device }) => ({ ...offer, ...device, hasKeys: keysOf !== null }));
}

export function findOffer(db: Database, deviceId: string): OfferRow | undefined {
  return db.select().from(spaceOffers).where(eq(spaceOffers.deviceId, deviceId)).get();
}

export function putOffer(
  db: Database,
  offer: Pick<OfferRow, 'deviceId' | 'offeredBytes' | 'usedBytes' | 'freeBytes' | 'isAlwaysOn' | 'updatedAt'>,
): void {
  const { deviceId, ...told } = offer;
  db.insert(spaceOffers)
    .values({ deviceId, ...told })
    .onConflictDoUpdate({ target: spaceOffers.deviceId, set: told })
    .run();
}

/** Of devices that keep nothing; what is known of one in quarantine stays known. */
export function offersUnseenSince(db: Database, since: number): string[] {
  const kept = db.select({ deviceId: places.deviceId }).from(places).where(eq(places.deviceId, spaceOffers.deviceId));
  return db
    .select({ deviceId: spaceOffers.deviceId })
    .from(spaceOffers)
    .innerJoin(devices, eq(devices.deviceId, spaceOffers.deviceId))
    .where(and(lt(devices.lastSeenAt, since), isNull(spaceOffers.quarantinedAt), notExists(kept)))
    .all()
    .map(({ deviceId }) => deviceId);
}

export function deleteOffer(db: Database, deviceId: string): void {
  db.delete(spaceOffers).where(eq(spaceOffers.deviceId, deviceId)).run();
}

export function setUptime(
  db: Database,
  deviceId: string,
  { onlineMs, observedMs }: { onlineMs: number; observedMs: number },
): void {
  db.update(spaceOffers)
    .set({ officeOnlineMs: Math.round(onlineMs), officeObservedMs: Math.round(observedMs) })
    .where(eq(spaceOffers.deviceId, deviceId))
    .run();
}
