// How a version gets into the Store: begun, encoded group by group, and confirmed column by column by the device that has it.
// Who keeps it is the keeper's.
import type { BeginVersion, ConfirmColumns, GroupTags, SealedPage, UploadState } from '@ferry/shared';
import type { Database } from '../db/client.ts';
import {
  findStoredColumn,
  findTags,
  insertStoredColumn,
  insertTags,
  taggedGroups,
} from '../db/queries/store-groups.ts';
import { holdConfirmed, missContradicted } from '../db/queries/store-places.ts';
import { countDevicesOf, findSealedPageCount, insertDelivery, putSealedPage } from '../db/queries/store-recipients.ts';
import { findVersion, insertVersion, setLatest, type VersionRow, versionsNamed } from '../db/queries/store-versions.ts';
import { findUser } from '../db/queries/users.ts';
import { refusal } from '../trpc/error.ts';
import { isSameVersion, versionRow } from './begun-version.ts';
import { columnSizeBytes } from './column-size.ts';
import { spareCount } from './placement.ts';
import type { Quota } from './quota.ts';
import { codeOf, type StoreHoldings } from './store-holdings.ts';
import type { StoreKeeper } from './store-keeper.ts';
import { chunksOfGroup, groupCount } from './stored-size.ts';
import { ownVersion } from './version-audience.ts';

const TAG_BYTES = 16;

interface Dependencies {
  db: Database;
  holdings: StoreHoldings;
  keeper: StoreKeeper;
  quota: Quota;
}

export class StoreUploads {
  readonly #using: Dependencies;

  constructor(using: Dependencies) {
    this.#using = using;
  }

  /**
   * Said again after a crash, it goes on.
   *
   * @throws `version-taken`, `version-gone`, `quota-full`; `not-found` for a recipient who is not there
   */
  begin(userId: string, begun: BeginVersion, nowMs: number): UploadState {
    const { db, keeper, quota } = this.#using;
    const { versionId, content, expiresAt, sizeBytes } = begun;
    const isNew = db.transaction((transaction) => {
      const known = findVersion(transaction, versionId);
      if (known) return checkSame(known, userId, begun);
      if (expiresAt !== null && expiresAt <= nowMs) throw refusal('invalid');
      quota.checkRoom(transaction, userId, sizeBytes);
      const row = versionRow(begun, userId, nowMs);
      if (content.type === 'file') this.#supersede(transaction, row);
      insertVersion(transaction, row);
      if (content.type === 'delivery') addDelivery(transaction, userId, versionId, content);
      return true;
    });
    if (isNew) keeper.changed(versionId);
    return this.state(userId, versionId, nowMs);
  }

  /** The same again is fine; a group has one encoding only. @throws `not-found`, `invalid` */
  tags(userId: string, { versionId, group, tags }: GroupTags): void {
    const { db } = this.#using;
    const version = ownVersion(db, userId, versionId);
    const code = codeOf(version);
    const bytes = Buffer.from(tags, 'base64url');
    if (!code || group >= groupCount(version.sizeBytes, code.k)) throw refusal('invalid');
    if (bytes.length !== TAG_BYTES * chunksOfGroup(version.sizeBytes, code.k, group)) throw refusal('invalid');
    db.transaction((transaction) => {
      const known = findTags(transaction, versionId, group);
      if (known && !known.equals(bytes)) throw refusal('invalid');
      if (!known) insertTags(transaction, { versionId, group, tags: bytes });
    });
  }

  /**
   * The same again is fine. A column of a group without tags could not be checked by anybody, and is refused.
   *
   * @throws `not-found`, `invalid`
   */
  confirm(userId: string, { deviceId, columns }: ConfirmColumns, nowMs: number): { contradicted: number } {
    const { db, keeper } = this.#using;
    const versionIds = new Set(columns.map(({ versionId }) => versionId));
    const versions = new Map([...versionIds].map((versionId) => [versionId, ownVersion(db, userId, versionId)]));
    for (const { uploaderDeviceId } of versions.values()) if (uploaderDeviceId !== deviceId) throw refusal('forbidden');
    const contradicted: string[] = [];
    const holders = new Map<string, string[]>();
    db.transaction((transaction) => {
      for (const column of columns) {
        checkColumn(transaction, versions.get(column.versionId)!, column);
        const { contentId, versionId } = column;
        if (!findStoredColumn(transaction, column)) insertStoredColumn(transaction, column);
        const agreed = holdConfirmed(transaction, column, contentId, nowMs);
        const others = missContradicted(transaction, column, contentId, nowMs);
        contradicted.push(...others);
        holders.set(versionId, [...(holders.get(versionId) ?? []), ...agreed, ...others]);
      }
    });
    for (const [versionId, deviceIds] of holders) keeper.changed(versionId, deviceIds);
    return { contradicted: contradicted.length };
  }

  /** @throws `not-found`, `invalid` */
  putSealed(userId: string, { versionId, page, bytes }: SealedPage): void {
    const { db } = this.#using;
    ownVersion(db, userId, versionId);
    const count = findSealedPageCount(db, versionId);
    if (count === undefined || page >= count) throw refusal('invalid');
    putSealedPage(db, { versionId, page, bytes: Buffer.from(bytes, 'base64url') });
  }

  /** Of one that nobody has, or somebody else, the same is said as of one that is gone. */
  state(userId: string, versionId: string, nowMs: number): UploadState {
    const { db, holdings } = this.#using;
    const version = findVersion(db, versionId);
    if (!version || version.ownerId !== userId || version.goneAt !== null) return { ...GONE, versionId };
    const code = codeOf(version);
    const { spread, ownerCount, missingOwners } = holdings.health(version, nowMs);
    return {
      versionId,
      code: code && { k: code.k, n: code.n + spareCount(code) },
      groupCount: code ? groupCount(version.sizeBytes, code.k) : 0,
      taggedGroups: taggedGroups(db, versionId),
      isSafe: missingOwners === 0,
      spread,
      ownerCount,
      missingOwners,
      isGone: false,
    };
  }

  /** It is the newest of its name now. */
  #supersede(db: Database, { ownerId, name }: VersionRow): void {
    const others = versionsNamed(db, ownerId, name).map(({ versionId }) => versionId);
    setLatest(db, others, false);
  }
}

const GONE: Omit<UploadState, 'versionId'> = {
  code: null,
  groupCount: 0,
  taggedGroups: [],
  isSafe: false,
  spread: 0,
  ownerCount: 0,
  missingOwners: 0,
  isGone: true,
};

/** @returns false: there is nothing to be done */
function checkSame(known: VersionRow, userId: string, begun: BeginVersion): false {
  if (known.ownerId !== userId) throw refusal('version-taken');
  if (known.goneAt !== null) throw refusal('version-gone');
  if (!isSameVersion(known, begun)) throw refusal('version-taken');
  return false;
}

function checkColumn(db: Database, version: VersionRow, column: ConfirmColumns['columns'][number]): void {
  const { group, index, contentId, sizeBytes, versionId } = column;
  const code = codeOf(version);
  if (!code || group >= groupCount(version.sizeBytes, code.k)) throw refusal('invalid');
  const striped = { sizeBytes: version.sizeBytes, k: code.k };
  if (sizeBytes !== columnSizeBytes(striped, group, index)) throw refusal('invalid');
  if (!findTags(db, versionId, group)) throw refusal('invalid');
  const known = findStoredColumn(db, column);
  if (known && known.contentId !== contentId) throw refusal('invalid');
}

function addDelivery(
  db: Database,
  userId: string,
  versionId: string,
  content: Extract<BeginVersion['content'], { type: 'delivery' }>,
): void {
  const { recipientId, wrappedKeys, sealedPageCount } = content;
  const recipient = findUser(db, recipientId);
  if (!recipient || recipient.disabledAt !== null || recipientId === userId) throw refusal('not-found');
  const deviceIds = [...new Set(wrappedKeys.map(({ deviceId }) => deviceId))];
  if (countDevicesOf(db, recipientId, deviceIds) !== deviceIds.length) throw refusal('invalid');
  insertDelivery(db, { versionId, recipientId, sealedPageCount }, wrappedKeys);
}
