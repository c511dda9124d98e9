// Queries on the searches that people keep. Decides nothing.
import { and, asc, count, eq } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { savedSearches } from '../schema.ts';

export type SavedSearchRow = typeof savedSearches.$inferSelect;

/** The oldest first. */
export function savedSearchesOf(db: Database, userId: string): SavedSearchRow[] {
  return db
    .select()
    .from(savedSearches)
    .where(eq(savedSearches.userId, userId))
    .orderBy(asc(savedSearches.createdAt), asc(savedSearches.savedSearchId))
    .all();
}

export function findSavedSearch(db: Database, userId: string, savedSearchId: string): SavedSearchRow | undefined {
  return db.select().from(savedSearches).where(named(userId, savedSearchId)).get();
}

export function countSavedSearches(db: Database, userId: string): number {
  return db.select({ total: count() }).from(savedSearches).where(eq(savedSearches.userId, userId)).get()?.total ?? 0;
}

/** Makes it, or replaces all of it but the time at which it was made. */
export function putSavedSearch(db: Database, row: SavedSearchRow): void {
  const { query, filters, sinceEntry, newCount } = row;
  db.insert(savedSearches)
    .values(row)
    .onConflictDoUpdate({
      target: [savedSearches.userId, savedSearches.savedSearchId],
      set: { query, filters, sinceEntry, newCount },
    })
    .run();
}

export function deleteSavedSearch(db: Database, userId: string, savedSearchId: string): void {
  db.delete(savedSearches).where(named(userId, savedSearchId)).run();
}

export function resetNewCount(db: Database, userId: string, savedSearchId: string): void {
  db.update(savedSearches).set({ newCount: 0 }).where(named(userId, savedSearchId)).run();
}

/** Whether it still was as it had been read: nobody saved it anew, removed it or looked further meanwhile. */
export function advanceSavedSearch(
  db: Database,
  { userId, savedSearchId, sinceEntry }: SavedSearchRow,
  next: Pick<SavedSearchRow, 'sinceEntry' | 'newCount'>,
): boolean {
  const isAsRead = and(named(userId, savedSearchId), eq(savedSearches.sinceEntry, sinceEntry));
  return db.update(savedSearches).set(next).where(isAsRead).run().changes === 1;
}

function named(userId: string, savedSearchId: string) {
  return and(eq(savedSearches.userId, userId), eq(savedSearches.savedSearchId, savedSearchId));
}
