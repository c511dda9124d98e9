// What an uploader says that a group and its columns contain. Each has one encoding only: said again it must be the same, for
// it is what holders, downloads and repairs are held to.
import type { KnownColumn } from '@ferry/shared';
import type { Database } from '../db/client.ts';
import { findStoredColumn, findTags, insertStoredColumn, insertTags } from '../db/queries/store-groups.ts';
import { holdConfirmed, missContradicted } from '../db/queries/store-places.ts';
import type { VersionRow } from '../db/queries/store-versions.ts';
import { refusal } from '../trpc/error.ts';
import { columnSizeBytes } from './column-size.ts';
import { codeOf } from './store-holdings.ts';
import { chunksOfGroup, groupCount } from './stored-size.ts';

/** Of AES-GCM. */
const TAG_BYTES = 16;

/** @throws `invalid` */
export function putTags(
  db: Database,
  { versionId, sizeBytes, ...version }: VersionRow,
  group: number,
  tags: Buffer,
): void {
  const code = codeOf(version);
  if (!code || group >= groupCount(sizeBytes, code.k)) throw refusal('invalid');
  if (tags.length !== TAG_BYTES * chunksOfGroup(sizeBytes, code.k, group)) throw refusal('invalid');
  db.transaction((transaction) => {
    const known = findTags(transaction, versionId, group);
    if (known && !known.equals(tags)) throw refusal('invalid');
    if (!known) insertTags(transaction, { versionId, group, tags });
  });
}

export interface Confirmed {
  /** Devices whose receipts count from now on, and those that have something else. */
  readonly agreed: readonly string[];
  readonly contradicted: readonly string[];
}

/**
 * Within the caller's transaction. A column of a group without tags could be decrypted by nobody, and is refused.
 *
 * @throws `invalid`
 */
export function confirmColumn(db: Database, version: VersionRow, column: KnownColumn, nowMs: number): Confirmed {
  const { group, index, contentId, sizeBytes, versionId } = column;
  const code = codeOf(version);
  if (!code || group >= groupCount(version.sizeBytes, code.k)) throw refusal('invalid');
  if (sizeBytes !== columnSizeBytes({ sizeBytes: version.sizeBytes, k: code.k }, group, index))
    throw refusal('invalid');
  if (!findTags(db, versionId, group)) throw refusal('invalid');
  const known = findStoredColumn(db, column);
  if (known && known.contentId !== contentId) throw refusal('invalid');
  if (!known) insertStoredColumn(db, column);
  return {
    agreed: holdConfirmed(db, column, contentId, nowMs),
    contradicted: missContradicted(db, column, contentId, nowMs),
  };
}
