// Names of colleagues as a search of the catalog may have them, to say whose files are wanted.
import type { OwnerName } from '../catalog/catalog-index.ts';
import type { Database } from '../db/client.ts';
import { allOwnerNames } from '../db/queries/users.ts';

/** Everybody's, for a query that may name owners: that takes a colon, and most queries have none. */
export function ownersNamedIn(db: Database, query: string): OwnerName[] {
  return query.includes(':') ? allOwnerNames(db) : [];
}
