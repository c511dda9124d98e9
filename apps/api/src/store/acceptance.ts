// The moment from which on an uploader may leave: for the first time enough people keep all of a version. Remembered, for it
// is true once and for all, whoever leaves afterwards. Until then the version before it is the one that is listed.
import type { Database } from '../db/client.ts';
import { electLatest, findVersion, updateVersion, type VersionRow } from '../db/queries/store-versions.ts';
import type { StoreHoldings } from './store-holdings.ts';

/** @returns the version when this is that moment */
export function acceptVersion(
  db: Database,
  holdings: StoreHoldings,
  versionId: string,
  nowMs: number,
): VersionRow | undefined {
  const version = findVersion(db, versionId);
  if (!version || version.goneAt !== null || version.acceptedAt !== null) return undefined;
  if (holdings.health(version, nowMs).missingOwners > 0) return undefined;
  db.transaction((transaction) => {
    updateVersion(transaction, versionId, { acceptedAt: nowMs });
    if (version.contentType === 'file') electLatest(transaction, version);
  });
  return version;
}
