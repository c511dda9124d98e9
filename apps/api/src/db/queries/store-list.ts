// Queries on the list of stored files: the newest of each name, newest first. Deliveries are none of them. Decides nothing.
import { and, count, desc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { users } from '../schema.ts';
import { storedVersions } from '../store-schema.ts';
import type { VersionRow } from './store-versions.ts';

export interface ListedRow extends VersionRow {
  username: string;
  versionCount: number;
}

export interface ListPosition {
  createdAt: number;
  versionId: string;
}

// As the index has it; with a parameter it would not be used.
const IS_LISTED = sql`${storedVersions.isLatest} = 1`;

const versionCount = sql<number>`(
  SELECT count(*) FROM stored_versions AS other
  WHERE other.owner_id = ${storedVersions.ownerId} AND other.name = ${storedVersions.name}
    AND other.content_type = 'file' AND other.gone_at IS NULL
)`;

/** @param nameKey a part of the name, folded; everything when empty */
export function listVersions(
  db: Database,
  nameKey: string,
  after: ListPosition | undefined,
  limit: number,
): ListedRow[] {
  const isAfter = after
    ? sql`(${storedVersions.createdAt}, ${storedVersions.versionId}) < (${after.createdAt}, ${after.versionId})`
    : undefined;
  return db
    .select({ ...getTableColumns(storedVersions), username: users.username, versionCount })
    .from(storedVersions)
    .innerJoin(users, eq(users.userId, storedVersions.ownerId))
    .where(and(IS_LISTED, named(nameKey), isAfter))
    .orderBy(desc(storedVersions.createdAt), desc(storedVersions.versionId))
    .limit(limit)
    .all();
}

export function countListed(db: Database, nameKey: string): number {
  return (
    db
      .select({ total: count() })
      .from(storedVersions)
      .where(and(IS_LISTED, named(nameKey)))
      .get()?.total ?? 0
  );
}

/** Any version that is not gone, whether it is listed or not. */
export function findListed(db: Database, versionId: string): ListedRow | undefined {
  return db
    .select({ ...getTableColumns(storedVersions), username: users.username, versionCount })
    .from(storedVersions)
    .innerJoin(users, eq(users.userId, storedVersions.ownerId))
    .where(and(eq(storedVersions.versionId, versionId), sql`${storedVersions.goneAt} IS NULL`))
    .get();
}

function named(nameKey: string): SQL | undefined {
  return nameKey === '' ? undefined : sql`instr(${storedVersions.nameKey}, ${nameKey}) > 0`;
}
