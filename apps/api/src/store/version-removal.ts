// A version goes: its owner deletes it, or its time is over. Whoever keeps something of it is told to delete it, also when they
// come back later; what nobody needs for that is forgotten at once.
import type { Database } from '../db/client.ts';
import { deleteGroups } from '../db/queries/store-groups.ts';
import { releaseVersion } from '../db/queries/store-places.ts';
import { electLatest, markVersionGone, type VersionRow } from '../db/queries/store-versions.ts';

/** Within the caller's transaction. @returns devices that are to delete something */
export function removeVersion(db: Database, version: VersionRow, nowMs: number): string[] {
  const { versionId, contentType } = version;
  markVersionGone(db, versionId, nowMs);
  deleteGroups(db, versionId);
  // The one before it is the newest again.
  if (contentType === 'file') electLatest(db, version);
  return releaseVersion(db, versionId, nowMs);
}
