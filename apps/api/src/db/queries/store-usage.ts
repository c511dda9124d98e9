// Queries on how much of the Store each person fills. Decides nothing.
import { and, count, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { deliveries, storedVersions } from '../store-schema.ts';

export interface Counting {
  /** What the smallest version counts as. */
  readonly leastBytes: number;
  readonly sealedPageBytes: number;
}

export interface Used {
  bytes: number;
  versions: number;
}

/** As it was uploaded, deliveries that wait among it; how often it is kept is not the person's doing. */
export function usedBy(db: Database, userId: string, { leastBytes, sealedPageBytes }: Counting): Used {
  const bytes = sql<number>`coalesce(sum(
    max(${storedVersions.sizeBytes}, ${leastBytes}) + coalesce(${deliveries.sealedPageCount}, 0) * ${sealedPageBytes}
  ), 0)`;
  const isKept = and(eq(storedVersions.ownerId, userId), isNull(storedVersions.goneAt));
  const used = db
    .select({ bytes, versions: count() })
    .from(storedVersions)
    .leftJoin(deliveries, eq(deliveries.versionId, storedVersions.versionId))
    .where(isKept)
    .get();
  return used ?? { bytes: 0, versions: 0 };
}
