// Queries on deliveries as they are begun: for whom, by which keys, and with which manifest. Decides nothing.
import type { WrappedKey } from '@ferry/shared';
import { and, count, eq, inArray } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { devices } from '../schema.ts';
import { deliveries, sealedPages, wrappedKeys } from '../store-schema.ts';

type DeliveryRow = typeof deliveries.$inferSelect;

export function findRecipient(db: Database, versionId: string): string | undefined {
  return db
    .select({ recipientId: deliveries.recipientId })
    .from(deliveries)
    .where(eq(deliveries.versionId, versionId))
    .get()?.recipientId;
}

export function findSealedPageCount(db: Database, versionId: string): number | undefined {
  return db
    .select({ sealedPageCount: deliveries.sealedPageCount })
    .from(deliveries)
    .where(eq(deliveries.versionId, versionId))
    .get()?.sealedPageCount;
}

export function insertDelivery(
  db: Database,
  delivery: Pick<DeliveryRow, 'versionId' | 'recipientId' | 'sealedPageCount'>,
  keys: readonly WrappedKey[],
): void {
  const { versionId } = delivery;
  db.insert(deliveries)
    .values({ ...delivery, outcome: null, endedAt: null })
    .run();
  for (const { deviceId, wrapped } of keys) {
    db.insert(wrappedKeys).values({ versionId, deviceId, wrapped }).onConflictDoNothing().run();
  }
}

/** Told again, it takes the place of the one before. */
export function putSealedPage(db: Database, page: typeof sealedPages.$inferSelect): void {
  db.insert(sealedPages)
    .values(page)
    .onConflictDoUpdate({ target: [sealedPages.versionId, sealedPages.page], set: { bytes: page.bytes } })
    .run();
}

/** How many of these devices are this person's. */
export function countDevicesOf(db: Database, userId: string, deviceIds: readonly string[]): number {
  const areTheirs = and(eq(devices.userId, userId), inArray(devices.deviceId, [...deviceIds]));
  return db.select({ total: count() }).from(devices).where(areTheirs).get()?.total ?? 0;
}
