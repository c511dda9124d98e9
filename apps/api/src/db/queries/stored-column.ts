// Which stored column a row, or what names one, is about. Asks nothing.
import { and, eq, type SQL } from 'drizzle-orm';
import type { AnySQLiteColumn } from 'drizzle-orm/sqlite-core';
import { storedColumns } from '../store-schema.ts';

interface ColumnNames {
  versionId: string | AnySQLiteColumn;
  group: number | AnySQLiteColumn;
  index: number | AnySQLiteColumn;
}

/** @param names a column, or a table whose rows are about one */
export function isStoredColumn({ versionId, group, index }: ColumnNames): SQL | undefined {
  return and(eq(storedColumns.versionId, versionId), eq(storedColumns.group, group), eq(storedColumns.index, index));
}
