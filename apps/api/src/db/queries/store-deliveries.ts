// Queries on deliveries: versions that are for one person, with the keys and the manifest that only that person can open.
// Decides nothing.
import { and, asc, count, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { users } from '../schema.ts';
import { deliveries, sealedPages, storedVersions, wrappedKeys } from '../store-schema.ts';

export type DeliveryRow = typeof deliveries.$inferSelect;
export type DeliveryOutcome = NonNullable<DeliveryRow['outcome']>;

export function findDelivery(db: Database, versionId: string): DeliveryRow | undefined {
  return db.select().from(deliveries).where(eq(deliveries.versionId, versionId)).get();
}

/** As far as the manifest: a delivery whose pages are not all there cannot be shown. */
const isWhole = sql`(
  SELECT count(*) FROM sealed_pages WHERE sealed_pages.version_id = ${deliveries.versionId}
) = ${deliveries.sealedPageCount}`;

/** What is in the Store for a person, with the key for one of their devices; the oldest first. */
export function deliveriesFor(
  db: Database,
  { recipientId, deviceId, limit }: { recipientId: string; deviceId: string; limit: number },
) {
  return db
    .select({
      version: storedVersions,
      sealedPageCount: deliveries.sealedPageCount,
      senderName: users.username,
      wrappedKey: wrappedKeys.wrapped,
    })
    .from(deliveries)
    .innerJoin(storedVersions, eq(storedVersions.versionId, deliveries.versionId))
    .innerJoin(users, eq(users.userId, storedVersions.ownerId))
    .leftJoin(wrappedKeys, and(eq(wrappedKeys.versionId, deliveries.versionId), eq(wrappedKeys.deviceId, deviceId)))
    .where(
      and(
        eq(deliveries.recipientId, recipientId),
        isNull(deliveries.outcome),
        isNull(storedVersions.goneAt),
        isNotNull(storedVersions.acceptedAt),
        isWhole,
      ),
    )
    .orderBy(asc(storedVersions.createdAt), asc(storedVersions.versionId))
    .limit(limit)
    .all();
}

/** Of one person for another one, on their way into the Store among them. */
export function countWaiting(db: Database, senderId: string, recipientId: string): number {
  const isOne = and(
    eq(deliveries.recipientId, recipientId),
    isNull(deliveries.outcome),
    eq(storedVersions.ownerId, senderId),
    isNull(storedVersions.goneAt),
  );
  return (
    db
      .select({ total: count() })
      .from(deliveries)
      .innerJoin(storedVersions, eq(storedVersions.versionId, deliveries.versionId))
      .where(isOne)
      .get()?.total ?? 0
  );
}

/** What a person sent that way, ended or not; the newest first. */
export function deliveriesFrom(db: Database, senderId: string, limit: number) {
  return db
    .select({ version: storedVersions, delivery: deliveries, recipientName: users.username })
    .from(deliveries)
    .innerJoin(storedVersions, eq(storedVersions.versionId, deliveries.versionId))
    .innerJoin(users, eq(users.userId, deliveries.recipientId))
    .where(eq(storedVersions.ownerId, senderId))
    .orderBy(desc(storedVersions.createdAt), desc(storedVersions.versionId))
    .limit(limit)
    .all();
}

export function findSealedPage(db: Database, versionId: string, page: number): Buffer | undefined {
  const isIt = and(eq(sealedPages.versionId, versionId), eq(sealedPages.page, page));
  return db.select({ bytes: sealedPages.bytes }).from(sealedPages).where(isIt).get()?.bytes;
}

/**
 * What only the recipient could open is of no use any more.
 *
 * @param outcome undefined: its sender took it back, and nobody is told of it any more
 */
export function endDelivery(
  db: Database,
  versionId: string,
  outcome: DeliveryOutcome | undefined,
  endedAt: number,
): void {
  db.delete(sealedPages).where(eq(sealedPages.versionId, versionId)).run();
  db.delete(wrappedKeys).where(eq(wrappedKeys.versionId, versionId)).run();
  const isIt = eq(deliveries.versionId, versionId);
  if (outcome === undefined) db.delete(deliveries).where(isIt).run();
  else db.update(deliveries).set({ outcome, endedAt }).where(isIt).run();
}
