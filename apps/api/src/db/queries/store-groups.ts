// Queries on what a stored version contains: the tags of its groups, and the content ids of its columns. Decides nothing.
import { and, asc, eq, gte, lt } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { storedColumns, storedGroups } from '../store-schema.ts';
import { isStoredColumn } from './stored-column.ts';

export type StoredColumnRow = typeof storedColumns.$inferSelect;
type StoredGroupRow = typeof storedGroups.$inferSelect;
export type ColumnKey = Pick<StoredColumnRow, 'versionId' | 'group' | 'index'>;

export function findTags(db: Database, versionId: string, group: number): Buffer | undefined {
  const isIt = and(eq(storedGroups.versionId, versionId), eq(storedGroups.group, group));
  return db.select({ tags: storedGroups.tags }).from(storedGroups).where(isIt).get()?.tags;
}

export function insertTags(db: Database, group: StoredGroupRow): void {
  db.insert(storedGroups).values(group).run();
}

export function taggedGroups(db: Database, versionId: string): number[] {
  return db
    .select({ group: storedGroups.group })
    .from(storedGroups)
    .where(eq(storedGroups.versionId, versionId))
    .orderBy(asc(storedGroups.group))
    .all()
    .map(({ group }) => group);
}

/** From one group up to another one, which is not among them. */
export function tagsOfGroups(db: Database, versionId: string, from: number, to: number): StoredGroupRow[] {
  return db
    .select()
    .from(storedGroups)
    .where(and(eq(storedGroups.versionId, versionId), gte(storedGroups.group, from), lt(storedGroups.group, to)))
    .orderBy(asc(storedGroups.group))
    .all();
}

export function columnsOfGroups(db: Database, versionId: string, from: number, to: number): StoredColumnRow[] {
  return db
    .select()
    .from(storedColumns)
    .where(and(eq(storedColumns.versionId, versionId), gte(storedColumns.group, from), lt(storedColumns.group, to)))
    .orderBy(asc(storedColumns.group), asc(storedColumns.index))
    .all();
}

export function findStoredColumn(db: Database, column: ColumnKey): StoredColumnRow | undefined {
  return db.select().from(storedColumns).where(isStoredColumn(column)).get();
}

export function insertStoredColumn(db: Database, column: StoredColumnRow): void {
  db.insert(storedColumns).values(column).run();
}

/** Of a version that is gone: what its columns contain is of no use any more. */
export function deleteGroups(db: Database, versionId: string): void {
  db.delete(storedColumns).where(eq(storedColumns.versionId, versionId)).run();
  db.delete(storedGroups).where(eq(storedGroups.versionId, versionId)).run();
}
