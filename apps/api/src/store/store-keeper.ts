// Sees to it that what is stored is kept: whenever something changes, and every minute, it looks at the versions that it may
// concern and has done what is to be done for them now. It remembers nothing but which versions to look at; what is to be done
// always follows from the tables and from who is online, so that a server that was killed goes on where it was.
import type { Database } from '../db/client.ts';
import { versionsUnderWay } from '../db/queries/store-place-runs.ts';
import { devicesWaitingFor } from '../db/queries/store-places.ts';
import {
  deleteVersionsGoneBefore,
  findVersion,
  versionsAtUploaders,
  versionsUploadedFrom,
} from '../db/queries/store-versions.ts';
import { PacedCall } from '../live-events/paced-call.ts';
import type { StoreMetrics } from '../metrics/store-metrics.ts';
import type { PresenceHub } from '../presence/hub.ts';
import { acceptVersion } from './acceptance.ts';
import { OnlineDevices } from './online-devices.ts';
import { SeenWatch } from './seen-watch.ts';
import type { StoreHoldings } from './store-holdings.ts';
import type { StorePool } from './store-pool.ts';
import type { StoreWatchers } from './store-watchers.ts';
import { UPLOADER_KEEPS_MS } from './uploader-has-file.ts';
import { UptimeWatch } from './uptime-watch.ts';
import { audienceOf } from './version-audience.ts';
import { keepVersion } from './version-keeping.ts';
import { WaitingVersions } from './waiting-versions.ts';

/** Receipts come in batches, from many devices at once: one look for all of them. */
const LOOK_EVERY_MS = 300;
const TICK_MS = 60_000;
/** Whoever comes back after that is told by the inventory that nobody knows what it has. */
const REMEMBERED_GONE_MS = 30 * 86_400_000;

interface Dependencies {
  db: Database;
  hub: PresenceHub;
  pool: StorePool;
  holdings: StoreHoldings;
  watchers: StoreWatchers;
  metrics: StoreMetrics;
  /** An error in one version must not keep the others waiting. */
  failed: (error: unknown) => void;
  random?: () => number;
}

export class StoreKeeper {
  readonly #using: Dependencies;
  readonly #ended = new AbortController();
  readonly #look: PacedCall;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #uptime: UptimeWatch;
  readonly #seen: SeenWatch;
  /** To be looked at. */
  readonly #dirty = new Set<string>();
  readonly #waiting = new WaitingVersions();
  readonly #online = new OnlineDevices();
  #isLooking = false;

  constructor(using: Dependencies) {
    this.#using = using;
    this.#uptime = new UptimeWatch(using.db, using.pool);
    this.#seen = new SeenWatch(using.db, using.hub);
    this.#look = new PacedCall(() => void this.#lookAtAll(), { leastMs: LOOK_EVERY_MS, spreadMs: () => 0 });
    this.#timer = setInterval(() => this.#tickSafely(), TICK_MS).unref();
    using.hub.watch(() => this.#presenceChanged(), this.#ended.signal);
    for (const versionId of versionsAtUploaders(using.db, Date.now() - UPLOADER_KEEPS_MS)) this.#want(versionId);
    this.tick();
  }

  /** Somebody keeps more or less of it, or it is another one than before. */
  changed(versionId: string, deviceIds: Iterable<string> = []): void {
    const { db, holdings, pool, watchers } = this.#using;
    holdings.forget(versionId);
    pool.placesChanged(deviceIds);
    this.#want(versionId);
    const version = findVersion(db, versionId);
    if (!version) return;
    watchers.changed(audienceOf(db, version));
    // Whoever uploads it wants to know how far it is.
    if (version.acceptedAt === null) watchers.nudge(version.uploaderDeviceId);
  }

  /** There is something to look for on this device. */
  nudge(deviceId: string): void {
    this.#using.watchers.nudge(deviceId);
  }

  /** Somebody offers more or less room, or has told keys. */
  offersChanged(): void {
    this.#using.pool.offersChanged();
    this.#wantWaiting();
    this.#using.watchers.changed('everyone');
  }

  tick(): void {
    const { db, pool } = this.#using;
    const nowMs = Date.now();
    this.#seen.look(nowMs);
    // `ferry-admin`, another process, may have switched off an account.
    pool.offersChanged();
    this.#uptime.look(nowMs);
    deleteVersionsGoneBefore(db, nowMs - REMEMBERED_GONE_MS);
    this.#wantWaiting();
    for (const versionId of versionsUnderWay(db)) this.#want(versionId);
  }

  close(): void {
    this.#ended.abort();
    clearInterval(this.#timer);
    this.#look.end();
  }

  /** A disk that is full for a minute must not end the server. */
  #tickSafely(): void {
    try {
      this.tick();
    } catch (error) {
      this.#using.failed(error);
    }
  }

  #want(versionId: string): void {
    this.#dirty.add(versionId);
    if (!this.#ended.signal.aborted) this.#look.want();
  }

  #wantWaiting(): void {
    const { pool } = this.#using;
    const there = pool.devices().filter(({ deviceId, offeredBytes }) => {
      return offeredBytes > 0 && pool.onlineSinceMs(deviceId) !== undefined;
    });
    const ownerIds = new Set(there.map(({ ownerId }) => ownerId));
    for (const versionId of this.#waiting.worthALook(ownerIds)) this.#want(versionId);
  }

  #presenceChanged(): void {
    const { hub, pool, watchers } = this.#using;
    const { came, left } = this.#online.look(hub.onlineDeviceIds());
    if (came.length + left.length === 0) return;
    // When they were here last is in the database.
    pool.offersChanged();
    const offering = new Set(pool.devices().map(({ deviceId }) => deviceId));
    if ([...came, ...left].some((deviceId) => offering.has(deviceId))) watchers.changed('everyone');
    if (came.some((deviceId) => offering.has(deviceId))) this.#wantWaiting();
    for (const deviceId of came) this.#sourceCame(deviceId);
  }

  /** Who waits for something that this device has can fetch it now. */
  #sourceCame(deviceId: string): void {
    const { db, watchers } = this.#using;
    const versionIds = versionsUploadedFrom(db, deviceId, Date.now() - UPLOADER_KEEPS_MS);
    for (const versionId of versionIds) this.#want(versionId);
    for (const waiting of devicesWaitingFor(db, deviceId)) watchers.nudge(waiting);
    if (versionIds.length > 0) watchers.changed('everyone');
  }

  /** One after the other, and whoever waits for an answer in between. */
  async #lookAtAll(): Promise<void> {
    if (this.#isLooking) return this.#look.want();
    this.#isLooking = true;
    try {
      for (const versionId of this.#dirty) {
        if (this.#ended.signal.aborted) return;
        this.#dirty.delete(versionId);
        this.#keep(versionId);
        await new Promise((resolve) => setImmediate(resolve));
      }
    } finally {
      this.#isLooking = false;
    }
  }

  #keep(versionId: string): void {
    const { db, pool, holdings, watchers, metrics, failed, random = Math.random } = this.#using;
    try {
      const kept = keepVersion({ db, pool, holdings, random }, versionId, Date.now());
      const { deviceIds, waiting } = kept;
      metrics.placements.count('asked', kept.assignedCount);
      metrics.placements.count('released', kept.releasedCount);
      this.#waiting.set(versionId, waiting);
      for (const deviceId of deviceIds) watchers.nudge(deviceId);
      if (deviceIds.size > 0) holdings.forget(versionId);
      const accepted = acceptVersion(db, holdings, versionId, Date.now());
      if (!accepted) return;
      metrics.accepted.inc();
      watchers.nudge(accepted.uploaderDeviceId);
      watchers.changed(audienceOf(db, accepted));
    } catch (error) {
      failed(error);
    }
  }
}
