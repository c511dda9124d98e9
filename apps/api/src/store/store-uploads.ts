// How a version gets into the Store: begun, encoded group by group, and confirmed column by column by the device that has it.
// Who keeps it is the keeper's.
import type { BeginVersion, ConfirmColumns, GroupTags, SealedPage, UploadState } from '@ferry/shared';
import type { Database } from '../db/client.ts';
import { taggedGroups } from '../db/queries/store-groups.ts';
import { findSealedPageCount, putSealedPage } from '../db/queries/store-recipients.ts';
import { electLatest, findVersion, insertVersion, type VersionRow } from '../db/queries/store-versions.ts';
import type { StoreMetrics } from '../metrics/store-metrics.ts';
import { refusal } from '../trpc/error.ts';
import { beginDelivery } from './begun-delivery.ts';
import { isSameVersion, versionRow } from './begun-version.ts';
import { confirmColumn, putTags } from './confirmed-columns.ts';
import { spareCount } from './placement.ts';
import type { Quota } from './quota.ts';
import { codeOf, type StoreHoldings } from './store-holdings.ts';
import type { StoreKeeper } from './store-keeper.ts';
import { groupCount } from './stored-size.ts';
import type { UnwantedColumns } from './unwanted-columns.ts';
import { ownVersion } from './version-audience.ts';

interface Dependencies {
  db: Database;
  holdings: StoreHoldings;
  keeper: StoreKeeper;
  quota: Quota;
  unwanted: UnwantedColumns;
  metrics: StoreMetrics;
}

export class StoreUploads {
  readonly #using: Dependencies;

  constructor(using: Dependencies) {
    this.#using = using;
  }

  /**
   * Said again after a crash, it goes on.
   *
   * @throws `version-taken`, `version-gone`, `quota-full`, `too-many`; `not-found` for a recipient who is not there
   */
  begin(userId: string, begun: BeginVersion, nowMs: number): UploadState {
    const { db, keeper, quota } = this.#using;
    const { versionId, content, expiresAt } = begun;
    const isNew = db.transaction((transaction) => {
      const known = findVersion(transaction, versionId);
      if (known) return checkSame(known, userId, begun);
      if (expiresAt !== null && expiresAt <= nowMs) throw refusal('invalid');
      quota.checkRoom(transaction, userId, begun);
      const row = versionRow(begun, userId, nowMs);
      insertVersion(transaction, row);
      if (content.type === 'file') electLatest(transaction, row);
      if (content.type === 'delivery') beginDelivery(transaction, userId, versionId, content);
      return true;
    });
    if (isNew) keeper.changed(versionId);
    return this.state(userId, versionId, nowMs);
  }

  /** @throws `not-found`, `invalid` */
  tags(userId: string, { versionId, group, tags }: GroupTags): void {
    const { db } = this.#using;
    putTags(db, ownVersion(db, userId, versionId), group, Buffer.from(tags, 'base64url'));
  }

  /**
   * All of them, or none.
   *
   * @throws `not-found`, `invalid`; `forbidden` for another device than the one that uploads it
   */
  confirm(userId: string, { deviceId, columns }: ConfirmColumns, nowMs: number): void {
    const { db, keeper, unwanted, metrics } = this.#using;
    const versionIds = new Set(columns.map(({ versionId }) => versionId));
    const versions = new Map(Array.from(versionIds, (versionId) => [versionId, ownVersion(db, userId, versionId)]));
    for (const { uploaderDeviceId } of versions.values()) if (uploaderDeviceId !== deviceId) throw refusal('forbidden');
    const confirmed = db.transaction((transaction) => {
      return columns.map((column) => {
        return { column, ...confirmColumn(transaction, versions.get(column.versionId)!, column, nowMs) };
      });
    });
    for (const { column, contradicted } of confirmed) {
      for (const deviceId of contradicted) {
        unwanted.add(deviceId, { versionId: column.versionId, group: column.group, index: column.index });
        keeper.nudge(deviceId);
      }
    }
    for (const [versionId, of] of Map.groupBy(confirmed, ({ column }) => column.versionId)) {
      const contradicted = of.flatMap((one) => one.contradicted);
      metrics.receiptsRefused.count('contradicted', contradicted.length);
      keeper.changed(versionId, [...contradicted, ...of.flatMap(({ agreed }) => agreed)]);
    }
  }

  /** @throws `not-found`, `invalid` */
  putSealed(userId: string, { versionId, page, bytes }: SealedPage): void {
    const { db } = this.#using;
    ownVersion(db, userId, versionId);
    const count = findSealedPageCount(db, versionId);
    if (count === undefined || page >= count) throw refusal('invalid');
    putSealedPage(db, { versionId, page, bytes: Buffer.from(bytes, 'base64url') });
  }

  /** Of somebody else's the same is said as of one that is gone. */
  state(userId: string, versionId: string, nowMs: number): UploadState {
    const { db, holdings } = this.#using;
    const version = findVersion(db, versionId);
    if (!version) return { ...NOTHING, versionId, isUnknown: true };
    if (version.ownerId !== userId || version.goneAt !== null) return { ...NOTHING, versionId, isGone: true };
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
      isUnknown: false,
    };
  }
}

const NOTHING: Omit<UploadState, 'versionId'> = {
  code: null,
  groupCount: 0,
  taggedGroups: [],
  isSafe: false,
  spread: 0,
  ownerCount: 0,
  missingOwners: 0,
  isGone: false,
  isUnknown: false,
};

/** @returns false: there is nothing to be done */
function checkSame(known: VersionRow, userId: string, begun: BeginVersion): false {
  if (known.ownerId !== userId) throw refusal('version-taken');
  if (known.goneAt !== null) throw refusal('version-gone');
  if (!isSameVersion(known, begun)) throw refusal('version-taken');
  return false;
}
