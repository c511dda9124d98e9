// What a device must know to download a version: its key, its columns, and leave to fetch them from those who keep them.
import { LIMITS, type OpenedVersion, type StoreGroupPage } from '@ferry/shared';
import type { Capabilities } from '../capabilities/capabilities.ts';
import type { CatalogDevice } from '../catalog/catalog-index.ts';
import type { Database } from '../db/client.ts';
import { columnsOfGroups, tagsOfGroups } from '../db/queries/store-groups.ts';
import { spareCount } from './placement.ts';
import { codeOf, type StoreHoldings } from './store-holdings.ts';
import type { StorePool } from './store-pool.ts';
import { groupCount } from './stored-size.ts';
import { visibleVersion } from './version-audience.ts';

/** Nobody keeps anything of it yet. */
const ASK_AGAIN_MS = 5 * 60_000;

interface Dependencies {
  db: Database;
  pool: StorePool;
  holdings: StoreHoldings;
  capabilities: Capabilities;
}

export class StoreDownloads {
  readonly #using: Dependencies;

  constructor(using: Dependencies) {
    this.#using = using;
  }

  /** @throws `not-found` */
  async open(asking: CatalogDevice, versionId: string): Promise<OpenedVersion> {
    const { db, pool, holdings } = this.#using;
    const version = visibleVersion(db, asking.userId, versionId);
    const code = codeOf(version) ?? { k: 1, n: 0 };
    const trusted = pool.devices().filter(({ quarantinedAt }) => quarantinedAt === null);
    const owners = new Map(trusted.map(({ deviceId, ownerId }) => [deviceId, ownerId]));
    const byDevice = Map.groupBy(holdings.runs(version), ({ deviceId }) => deviceId);
    const holders = [...byDevice].filter(([deviceId]) => owners.has(deviceId));
    const leaves = await Promise.all(holders.map(([deviceId]) => this.#leave(asking, deviceId, versionId)));
    return {
      versionId,
      key: version.key,
      code: { k: code.k, n: code.n + spareCount(code) },
      sizeBytes: version.sizeBytes,
      groupCount: groupCount(version.sizeBytes, code.k),
      grants: holders.map(([deviceId, runs], at) => ({
        userId: owners.get(deviceId)!,
        deviceId,
        isOnline: pool.onlineSinceMs(deviceId) !== undefined,
        capability: leaves[at]!.capability,
        columns: runs.map(({ index, firstGroup, groupCount }) => ({ index, firstGroup, groupCount })),
      })),
      expiresAt: leaves[0]?.expiresAt ?? Date.now() + ASK_AGAIN_MS,
    };
  }

  /** @throws `not-found` */
  groups(userId: string, versionId: string, firstGroup: number): StoreGroupPage {
    const { db } = this.#using;
    visibleVersion(db, userId, versionId);
    const end = firstGroup + LIMITS.storeGroupsAtOnce;
    const columns = Map.groupBy(columnsOfGroups(db, versionId, firstGroup, end), ({ group }) => group);
    return {
      groups: tagsOfGroups(db, versionId, firstGroup, end).map(({ group, tags }) => ({
        group,
        tags: tags.toString('base64url'),
        columns: (columns.get(group) ?? []).map(({ index, contentId, sizeBytes }) => ({ index, contentId, sizeBytes })),
      })),
    };
  }

  #leave(asking: CatalogDevice, holderId: string, versionId: string) {
    return this.#using.capabilities.grantColumns(asking, holderId, { versionId });
  }
}
