// Queries on how much of the Store each person fills. Decides nothing.
import { and, eq, isNull, sum } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { storedVersions } from '../store-schema.ts';

/** Bytes as they were uploaded, deliveries that wait among them; how often they are kept is not the person's doing. */
export function usedBytesOf(db: Database, userId: string): number {
  const isKept = and(eq(storedVersions.ownerId, userId), isNull(storedVersions.goneAt));
  const used = db
    .select({ bytes: sum(storedVersions.sizeBytes) })
    .from(storedVersions)
    .where(isKept)
    .get();
  return Number(used?.bytes ?? 0);
}
