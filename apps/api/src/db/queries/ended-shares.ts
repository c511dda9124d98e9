// Queries on shares that their owner has stopped from another device. Decides nothing.
import { and, desc, eq, lt, notInArray } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { endedShares } from '../schema.ts';

export function isShareEnded(db: Database, userId: string, shareId: string): boolean {
  const isIt = and(eq(endedShares.userId, userId), eq(endedShares.shareId, shareId));
  return db.select().from(endedShares).where(isIt).get() !== undefined;
}

/** One that is there already has ended anew. */
export function insertEndedShares(
  db: Database,
  { userId, shareIds, endedAt }: { userId: string; shareIds: readonly string[]; endedAt: number },
): void {
  for (const shareId of shareIds) {
    db.insert(endedShares)
      .values({ userId, shareId, endedAt })
      .onConflictDoUpdate({ target: [endedShares.userId, endedShares.shareId], set: { endedAt } })
      .run();
  }
}

/** Everybody's. */
export function deleteSharesEndedBefore(db: Database, endedBefore: number): void {
  db.delete(endedShares).where(lt(endedShares.endedAt, endedBefore)).run();
}

/** Of one person, all but so many. */
export function keepNewestEndedShares(db: Database, userId: string, count: number): void {
  const kept = db
    .select({ shareId: endedShares.shareId })
    .from(endedShares)
    .where(eq(endedShares.userId, userId))
    .orderBy(desc(endedShares.endedAt))
    .limit(count);
  db.delete(endedShares)
    .where(and(eq(endedShares.userId, userId), notInArray(endedShares.shareId, kept)))
    .run();
}
