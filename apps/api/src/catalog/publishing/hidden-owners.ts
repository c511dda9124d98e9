// Whose shares nobody sees, because their account is switched off or gone. Knows no accounts.
import type { CatalogTables } from './catalog-tables.ts';

/**
 * All of them at once: who is not named is shown again. They are remembered before they share anything, too.
 *
 * @returns those of whom something is different now
 */
export function setHiddenOwners(tables: CatalogTables, userIds: readonly string[]): string[] {
  const { sqlite } = tables;
  const listed = JSON.stringify(userIds);
  const changed: string[] = [];
  const ran = (sql: string) =>
    changed.push(...(sqlite.prepare(`${sql} RETURNING user_id`).pluck().all(listed) as string[]));
  tables.write(() => {
    ran('UPDATE owners SET is_hidden = 0 WHERE is_hidden = 1 AND user_id NOT IN (SELECT value FROM json_each(?))');
    // "WHERE true" tells the parser that ON begins no join (sqlite.org/lang_UPSERT.html, "Parsing Ambiguity").
    ran(`INSERT INTO owners (user_id, is_hidden) SELECT value, 1 FROM json_each(?) WHERE true
         ON CONFLICT DO UPDATE SET is_hidden = 1 WHERE is_hidden = 0`);
  });
  return changed;
}
