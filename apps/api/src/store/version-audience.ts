// Who may see a version: a file everybody, a delivery those two whom it is between. For all others it is not there. Decides
// nothing about changing it: that is its owner's alone.
import type { Database } from '../db/client.ts';
import { findRecipient } from '../db/queries/store-recipients.ts';
import { findVersion, type VersionRow } from '../db/queries/store-versions.ts';
import { refusal } from '../trpc/error.ts';

/** @throws `not-found` when there is none that this person may see, or it is gone */
export function visibleVersion(db: Database, userId: string, versionId: string): VersionRow {
  const version = findVersion(db, versionId);
  if (!version || version.goneAt !== null) throw refusal('not-found');
  const audience = audienceOf(db, version);
  if (audience !== 'everyone' && !audience.includes(userId)) throw refusal('not-found');
  return version;
}

/** @throws `not-found` when this person has none of that id, or it is gone */
export function ownVersion(db: Database, userId: string, versionId: string): VersionRow {
  const version = findVersion(db, versionId);
  if (!version || version.ownerId !== userId || version.goneAt !== null) throw refusal('not-found');
  return version;
}

export function audienceOf(db: Database, version: VersionRow): 'everyone' | string[] {
  if (version.contentType === 'file') return 'everyone';
  const recipientId = findRecipient(db, version.versionId);
  return recipientId === undefined ? [version.ownerId] : [version.ownerId, recipientId];
}
