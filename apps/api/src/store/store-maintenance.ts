// What keeps stored files whole over the years, each part at its pace: repairs, and audits of what people keep. Puts the parts
// together and gives them time; decides nothing itself.
import type { AuditVerdict, Duty, StoreGrant, WrongBytes } from '@ferry/shared';
import type { Capabilities } from '../capabilities/capabilities.ts';
import type { CatalogDevice } from '../catalog/catalog-index.ts';
import type { Database } from '../db/client.ts';
import { versionsAtDevice } from '../db/queries/store-place-runs.ts';
import type { PlaceKey } from '../db/queries/store-places.ts';
import type { StoreMetrics } from '../metrics/store-metrics.ts';
import { auditDuties } from './audit-duties.ts';
import { Audits } from './audits.ts';
import type { LeaseClaim } from './lease-book.ts';
import { officeClock, USUAL_OFFICE_HOURS } from './office-hours.ts';
import { type GrantedColumns, repairDuties } from './repair-duties.ts';
import { RepairRounds } from './repair-rounds.ts';
import { Repairs } from './repairs.ts';
import type { StoreKeeper } from './store-keeper.ts';
import type { StorePool } from './store-pool.ts';
import { lookAtVersion } from './version-repairs.ts';

const AUDITS_EVERY_MS = 5 * 60_000;

interface Dependencies {
  db: Database;
  pool: StorePool;
  keeper: Pick<StoreKeeper, 'changed' | 'nudge' | 'offersChanged'>;
  capabilities: Pick<Capabilities, 'grantColumns'>;
  metrics: Pick<StoreMetrics, 'audits' | 'quarantines' | 'repairs'>;
  /** An error in one version must not keep the others waiting. */
  failed: (error: unknown) => void;
}

export class StoreMaintenance {
  readonly #using: Dependencies;
  readonly #repairs: Repairs;
  readonly #audits: Audits;
  readonly #rounds: RepairRounds;
  readonly #isOfficeTime: (ms: number) => boolean;
  readonly #auditTimer: ReturnType<typeof setInterval>;

  constructor(using: Dependencies) {
    const { db, pool, keeper, metrics } = using;
    this.#using = using;
    const nudge = (deviceId: string) => {
      // It may have been given columns.
      pool.placesChanged([deviceId]);
      keeper.nudge(deviceId);
    };
    const timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    this.#isOfficeTime = officeClock({ ...USUAL_OFFICE_HOURS, timeZone });
    this.#repairs = new Repairs({
      db,
      nudge,
      changed: (versionId) => keeper.changed(versionId),
      counted: (step) => metrics.repairs.count(step),
    });
    this.#audits = new Audits({
      db,
      nudge,
      lost: ({ versionId, deviceId }) => this.#lost([versionId], deviceId),
      found: ({ versionId, deviceId }) => keeper.changed(versionId, [deviceId]),
      concluded: (deviceId) => this.#audited(deviceId),
      quarantined: (deviceId) => this.#quarantined(deviceId),
    });
    this.#rounds = new RepairRounds(db, () => this.beginLook());
    this.#rounds.start();
    this.#auditTimer = setInterval(() => this.planAudits(), AUDITS_EVERY_MS).unref();
  }

  /** Of this very device; grants are good for five minutes. */
  async duties(asking: CatalogDevice): Promise<Duty[]> {
    const { db } = this.#using;
    const nowMs = Date.now();
    const peers = this.#peers(nowMs);
    const told = { deviceId: asking.deviceId, peers, nowMs, grant: (of: GrantedColumns) => this.#grant(asking, of) };
    const [repairs, audits] = await Promise.all([repairDuties(db, told), auditDuties(db, told)]);
    return [...repairs, ...audits];
  }

  renewLease(claim: LeaseClaim): number {
    return this.#repairs.renew(claim, Date.now());
  }

  repaired(claim: LeaseClaim, indexes: readonly number[]): void {
    const nowMs = Date.now();
    this.#repairs.repaired(claim, indexes, this.#peers(nowMs), nowMs);
  }

  audited(auditorId: string, auditId: string, verdict: AuditVerdict): void {
    const nowMs = Date.now();
    const isNew = this.#audits.audited(auditorId, auditId, verdict, this.#peers(nowMs), nowMs);
    if (isNew) this.#using.metrics.audits.count(verdict);
  }

  /** Devices say that they have these, and an audit said otherwise: somebody is to look. */
  claimed(places: readonly PlaceKey[]): void {
    const nowMs = Date.now();
    this.#audits.claimed(places, this.#peers(nowMs), nowMs);
  }

  report(wrong: WrongBytes, reporterId: string): void {
    const nowMs = Date.now();
    this.#audits.report(wrong, reporterId, this.#peers(nowMs), nowMs);
  }

  get repairsUnderWay(): number {
    return this.#repairs.underWay(Date.now());
  }

  /** @param remove after which nobody knows what the device kept */
  removing(deviceId: string, remove: () => void): void {
    const { db, keeper } = this.#using;
    const versionIds = versionsAtDevice(db, deviceId);
    remove();
    keeper.offersChanged();
    this.#lost(versionIds, deviceId);
  }

  /** Something of them was lost: they are looked at before their turn. */
  soon(versionIds: Iterable<string>): void {
    this.#rounds.soon(versionIds);
  }

  /** Begins a look at several versions, of which each is told. */
  beginLook(): (versionId: string) => void {
    const nowMs = Date.now();
    const isOnline = (deviceId: string) => this.#using.pool.onlineSinceMs(deviceId) !== undefined;
    const now = { peers: this.#peers(nowMs), isOnline, isOfficeTime: this.#isOfficeTime(nowMs), nowMs };
    return (versionId) => {
      try {
        lookAtVersion(this.#using.db, this.#repairs, versionId, now);
      } catch (error) {
        this.#using.failed(error);
      }
    };
  }

  planAudits(): void {
    const nowMs = Date.now();
    try {
      this.#audits.plan(this.#peers(nowMs), nowMs);
    } catch (error) {
      this.#using.failed(error);
    }
  }

  close(): void {
    this.#rounds.stop();
    clearInterval(this.#auditTimer);
  }

  #peers(nowMs: number) {
    return this.#using.pool.peers(nowMs);
  }

  #lost(versionIds: readonly string[], deviceId: string): void {
    for (const versionId of versionIds) this.#using.keeper.changed(versionId, [deviceId]);
    this.soon(versionIds);
  }

  /** All that it holds may count from now on, or not any more. */
  #audited(deviceId: string): void {
    const { db, pool } = this.#using;
    if (pool.audited(deviceId, Date.now())) this.#lost(versionsAtDevice(db, deviceId), deviceId);
  }

  #quarantined(deviceId: string): void {
    this.#using.metrics.quarantines.inc();
    this.#using.keeper.offersChanged();
    this.#lost(versionsAtDevice(this.#using.db, deviceId), deviceId);
  }

  async #grant(asking: CatalogDevice, { versionId, columns, holder }: GrantedColumns): Promise<StoreGrant> {
    const claim = { versionId, columns };
    const { capability } = await this.#using.capabilities.grantColumns(asking, holder.peerId, claim);
    return { userId: holder.ownerId, deviceId: holder.peerId, isOnline: true, capability };
  }
}
