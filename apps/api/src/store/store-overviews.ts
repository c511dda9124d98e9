// The Store as a whole, in numbers for people: what there is room for, what is kept, and how safe it is. Counting takes long
// where much is stored, so it is done now and then, for everybody together. Decides nothing.
import { LIMITS, type StoreOverview, type StoreStatus } from '@ferry/shared';
import type { Database } from '../db/client.ts';
import { countAuditsSince } from '../db/queries/store-audits.ts';
import { countPlaces, countRepairedGroupsSince } from '../db/queries/store-place-runs.ts';
import { storedFilesAfter } from '../db/queries/store-versions.ts';
import { chooseCode } from './code-choice.ts';
import { DEAD_AFTER_MS } from './departures.ts';
import { largestFileBytes } from './largest-file.ts';
import type { Quota } from './quota.ts';
import type { StoreHoldings } from './store-holdings.ts';
import type { StorePool } from './store-pool.ts';

const DAY_MS = 86_400_000;
const LEAST_AGE_MS = 3000;
/** Of the server's time, for counting. */
const MOST_SHARE = 0.05;
const FILES_AT_ONCE = 100;

interface Dependencies {
  db: Database;
  pool: StorePool;
  holdings: StoreHoldings;
  quota: Quota;
  maintenance: { readonly repairsUnderWay: number };
}

interface Counted {
  usedBytes: number;
  fileCounts: Record<StoreStatus, number>;
}

export class StoreOverviews {
  readonly #using: Dependencies;
  #counted: Promise<Counted> | undefined;
  #goodUntilMs = Number.NEGATIVE_INFINITY;

  constructor(using: Dependencies) {
    this.#using = using;
  }

  /** @param userId who asks: their own devices keep nothing of what they upload */
  async of(userId: string): Promise<StoreOverview> {
    const { db, pool, maintenance } = this.#using;
    const counted = await this.#count();
    const nowMs = Date.now();
    const isOnline = (deviceId: string) => pool.onlineSinceMs(deviceId) !== undefined;
    const offering = pool.devices().filter(({ deviceId, offeredBytes, lastSeenAt }) => {
      return offeredBytes > 0 && (isOnline(deviceId) || nowMs - lastSeenAt < DEAD_AFTER_MS);
    });
    const online = offering.filter(({ deviceId }) => isOnline(deviceId));
    return {
      ...counted,
      offeredOnlineBytes: offeredBytes(online),
      offeredBytes: offeredBytes(offering),
      deviceCount: offering.length,
      onlineDeviceCount: online.length,
      alwaysOnDeviceCount: offering.filter(({ isAlwaysOn }) => isAlwaysOn).length,
      ownerCount: new Set(offering.map(({ ownerId }) => ownerId)).size,
      repairsUnderWay: maintenance.repairsUnderWay,
      repairsToday: countRepairedGroupsSince(db, nowMs - DAY_MS),
      auditsToday: countAuditsSince(db, nowMs - DAY_MS),
      largestFileBytes: this.#largestFileBytes(userId, nowMs),
    };
  }

  #largestFileBytes(userId: string, nowMs: number): number {
    const { pool, quota } = this.#using;
    const rooms = new Map<string, number>();
    for (const { ownerId, onlineSinceMs, isQuarantined, freeBytes } of pool.peers(nowMs).values()) {
      if (onlineSinceMs === null || isQuarantined || freeBytes === 0 || ownerId === userId) continue;
      rooms.set(ownerId, (rooms.get(ownerId) ?? 0) + freeBytes);
    }
    const code = chooseCode(LIMITS.storeFileBytes, { ownerCount: rooms.size });
    const { usedBytes, quotaBytes } = quota.usage(userId);
    const fits = largestFileBytes(code, [...rooms.values()]);
    return Math.max(0, Math.min(LIMITS.storeFileBytes, fits, quotaBytes - usedBytes));
  }

  /** One count for all who ask meanwhile, and for a while after it. */
  #count(): Promise<Counted> {
    if (this.#counted && performance.now() < this.#goodUntilMs) return this.#counted;
    this.#goodUntilMs = Number.POSITIVE_INFINITY;
    const startedMs = performance.now();
    const isOver = () => {
      const nowMs = performance.now();
      this.#goodUntilMs = nowMs + Math.max(LEAST_AGE_MS, (nowMs - startedMs) / MOST_SHARE);
    };
    this.#counted = this.#countAll();
    this.#counted.then(isOver, () => {
      this.#counted = undefined;
    });
    return this.#counted;
  }

  async #countAll(): Promise<Counted> {
    const { db, holdings } = this.#using;
    const fileCounts: Record<StoreStatus, number> = { spreading: 0, safe: 0, 'at-risk': 0, unfetchable: 0 };
    for (let after = ''; ; ) {
      const files = storedFilesAfter(db, after, FILES_AT_ONCE);
      for (const file of files) fileCounts[holdings.health(file, Date.now()).status]++;
      const last = files.at(-1);
      if (!last) break;
      after = last.versionId;
      // Others wait for an answer, too.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return { usedBytes: countPlaces(db).keptBytes, fileCounts };
  }
}

function offeredBytes(devices: readonly { offeredBytes: number }[]): number {
  return devices.reduce((sum, device) => sum + device.offeredBytes, 0);
}
