// The Store as people see it: the list, one file, and what happens to it by its owner's hand. Who may see what is decided in
// version-audience.ts, how safe something is in store-health.ts.
import {
  LIMITS,
  type StoredAt,
  type StoredDetails,
  type StoredFile,
  type StoreListRequest,
  type StorePage,
} from '@ferry/shared';
import { fold } from '../catalog/search/fold.ts';
import type { Database } from '../db/client.ts';
import { namedDevices } from '../db/queries/devices.ts';
import { countListed, findListed, type ListedRow, listVersions } from '../db/queries/store-list.ts';
import { updateVersion, type VersionRow, versionsNamed } from '../db/queries/store-versions.ts';
import { refusal } from '../trpc/error.ts';
import { cursorOf, positionOf } from './list-cursor.ts';
import { mapCells } from './map-cells.ts';
import { segmentHealths } from './store-health.ts';
import { codeOf, type StoreHoldings } from './store-holdings.ts';
import type { StoreKeeper } from './store-keeper.ts';
import type { StorePool } from './store-pool.ts';
import { CHUNK_BYTES, groupCount } from './stored-size.ts';
import { ownVersion, visibleVersion } from './version-audience.ts';
import type { VersionEnd } from './version-end.ts';

/** Of one name, the newest. */
const MOST_VERSIONS = 50;

interface Dependencies {
  db: Database;
  pool: StorePool;
  holdings: StoreHoldings;
  keeper: StoreKeeper;
  end: VersionEnd;
}

export class StoreFiles {
  readonly #using: Dependencies;

  constructor(using: Dependencies) {
    this.#using = using;
  }

  list({ query, cursor }: StoreListRequest, nowMs: number): StorePage {
    const { db } = this.#using;
    const nameKey = fold(query.trim());
    const after = cursor === undefined ? undefined : positionOf(cursor);
    const rows = listVersions(db, nameKey, after, LIMITS.storeListPage + 1);
    const shown = rows.slice(0, LIMITS.storeListPage);
    const last = shown.at(-1);
    return {
      files: shown.map((row) => this.#file(row, nowMs)),
      totalCount: countListed(db, nameKey),
      cursor: last && rows.length > shown.length ? cursorOf(last) : null,
    };
  }

  /** @throws `not-found` */
  details(userId: string, versionId: string, nowMs: number): StoredDetails {
    const { db, holdings } = this.#using;
    const version = visibleVersion(db, userId, versionId);
    const listed = findListed(db, versionId);
    if (!listed) throw refusal('not-found');
    const code = codeOf(version);
    const groups = code ? groupCount(version.sizeBytes, code.k) : 0;
    const segments = segmentHealths(holdings.facts(version, nowMs));
    return {
      ...this.#file(listed, nowMs),
      groupCount: groups,
      stripeCount: code ? Math.ceil(Math.ceil(version.sizeBytes / CHUNK_BYTES) / code.k) : 0,
      holders: this.#holders(version),
      cells: mapCells(segments, groups),
      versions: this.#versions(version, nowMs),
    };
  }

  /** @throws `not-found` also when it is somebody else's */
  remove(userId: string, versionId: string, nowMs: number): void {
    const { db, end } = this.#using;
    end(ownVersion(db, userId, versionId), undefined, nowMs);
  }

  /** @throws `not-found` also when it is somebody else's; `invalid` for a time that is over */
  keepUntil(userId: string, versionId: string, expiresAt: number | null, nowMs: number): void {
    const { db, keeper } = this.#using;
    ownVersion(db, userId, versionId);
    if (expiresAt !== null && expiresAt <= nowMs) throw refusal('invalid');
    updateVersion(db, versionId, { expiresAt });
    keeper.changed(versionId);
  }

  #file(row: ListedRow, nowMs: number): StoredFile {
    const { versionId, name, mediaType, sizeBytes, modifiedMs, createdAt, expiresAt, versionCount } = row;
    return {
      ...{ versionId, name, mediaType, sizeBytes, modifiedMs, createdAt, expiresAt, versionCount },
      owner: { userId: row.ownerId, username: row.username },
      code: codeOf(row),
      health: this.#using.holdings.health(row, nowMs),
    };
  }

  #holders(version: VersionRow): StoredAt[] {
    const { db, pool, holdings } = this.#using;
    const byDevice = Map.groupBy(holdings.runs(version), ({ deviceId }) => deviceId);
    const isAlwaysOn = new Map(pool.devices().map((device) => [device.deviceId, device.isAlwaysOn]));
    return namedDevices(db, [...byDevice.keys()]).map(({ userId, username, deviceId, deviceName }) => {
      const runs = byDevice.get(deviceId)!;
      return {
        ...{ userId, username, deviceId, deviceName },
        isOnline: pool.onlineSinceMs(deviceId) !== undefined,
        isAlwaysOn: isAlwaysOn.get(deviceId) ?? false,
        keptBytes: runs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
        columns: runs.map(({ index, firstGroup, groupCount }) => ({ index, firstGroup, groupCount })),
      };
    });
  }

  #versions(version: VersionRow, nowMs: number): StoredDetails['versions'] {
    const { db, holdings } = this.#using;
    if (version.contentType !== 'file') return [];
    return versionsNamed(db, version.ownerId, version.name)
      .slice(0, MOST_VERSIONS)
      .map((row) => {
        const { versionId, createdAt, sizeBytes } = row;
        return { versionId, createdAt, sizeBytes, status: holdings.health(row, nowMs).status };
      });
  }
}
