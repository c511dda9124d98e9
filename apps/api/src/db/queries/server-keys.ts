// Queries on the keys that this server made for itself. Decides nothing.
import { eq } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { serverKeys } from '../schema.ts';

export type ServerKeyRow = typeof serverKeys.$inferSelect;

export function findServerKey(db: Database, purpose: string): ServerKeyRow | undefined {
  return db.select().from(serverKeys).where(eq(serverKeys.purpose, purpose)).get();
}

/** The one that was there first stays. */
export function insertServerKey(db: Database, key: ServerKeyRow): void {
  db.insert(serverKeys).values(key).onConflictDoNothing().run();
}
