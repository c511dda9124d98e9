// What devices that keep columns ask and tell: their room, what they are to do, what they hold, and what they have let go of.
// Decides nothing of it; says to the keeper what has changed.
import type { Column, Duty, InventoryPage, SpaceOffer } from '@ferry/shared';
import type { Capabilities } from '../capabilities/capabilities.ts';
import type { CatalogDevice } from '../catalog/catalog-index.ts';
import type { Database } from '../db/client.ts';
import { columnsToRelease } from '../db/queries/store-device-places.ts';
import { findOffer, putOffer } from '../db/queries/store-offers.ts';
import { deletePlace, findPlace, forgetReceipt, updatePlace } from '../db/queries/store-places.ts';
import type { StoreMetrics } from '../metrics/store-metrics.ts';
import { columnOf, takeReceipt } from './held-columns.ts';
import { Inventories } from './inventories.ts';
import { keepDuties } from './keep-duties.ts';
import { makeRoom } from './made-room.ts';
import { noteMoving } from './moving-columns.ts';
import { ReceiptCheck } from './receipt-check.ts';
import type { StoreKeeper } from './store-keeper.ts';
import type { StoreMaintenance } from './store-maintenance.ts';
import type { StorePool } from './store-pool.ts';
import { takeInventory } from './taken-inventory.ts';
import type { UnwantedColumns } from './unwanted-columns.ts';

/** Deleting is quick; the next ones are told when these are gone. */
const MOST_RELEASES = 500;

/** A disk has a little more or less room every minute. */
const MORE_ROOM_BYTES = 64 * 1024 * 1024;

interface Dependencies {
  db: Database;
  pool: StorePool;
  keeper: StoreKeeper;
  capabilities: Capabilities;
  metrics: StoreMetrics;
  unwanted: UnwantedColumns;
  maintenance: Pick<StoreMaintenance, 'claimed' | 'duties' | 'soon'>;
}

export class StoreHolders {
  readonly #using: Dependencies;
  readonly #receipts: ReceiptCheck;
  readonly #inventories = new Inventories();
  readonly #unwanted: UnwantedColumns;

  constructor(using: Dependencies) {
    this.#using = using;
    this.#unwanted = using.unwanted;
    this.#receipts = new ReceiptCheck(using.db);
  }

  /** Told with every column that is kept, too: only when there is more room than before has anybody to look for it. */
  offer(offer: SpaceOffer, nowMs: number): void {
    const { db, pool, keeper } = this.#using;
    const before = findOffer(db, offer.deviceId);
    putOffer(db, { ...offer, updatedAt: nowMs });
    const isNews = before?.offeredBytes !== offer.offeredBytes || before.isAlwaysOn !== offer.isAlwaysOn;
    if (isNews || roomOf(offer) - roomOf(before) >= MORE_ROOM_BYTES) keeper.offersChanged();
    else pool.offersChanged();
  }

  /**
   * To release comes first: it makes room.
   *
   * @param moving columns of which bytes came since it asked last
   */
  async duties(holder: CatalogDevice, moving: readonly Column[] = [], nowMs = Date.now()): Promise<Duty[]> {
    const { db, maintenance } = this.#using;
    noteMoving(db, holder.deviceId, moving, nowMs);
    this.#makeRoom(holder.deviceId, nowMs);
    const released: Column[] = columnsToRelease(db, holder.deviceId, MOST_RELEASES);
    const unwanted = this.#unwanted.of(holder.deviceId, MOST_RELEASES - released.length);
    const releases = [...released, ...unwanted].map(({ versionId, group, index }): Duty => {
      return { type: 'release', column: { versionId, group, index } };
    });
    const keeps = await keepDuties(this.#using, holder);
    return [...releases, ...keeps, ...(await maintenance.duties(holder))];
  }

  /**
   * Those that nobody wants are passed over: the device is told to release the columns.
   *
   * @throws `signature-invalid` when one is not by this device; then none is taken
   */
  async held(deviceId: string, receipts: readonly string[], nowMs: number): Promise<void> {
    const { db, metrics } = this.#using;
    const opened = await this.#receipts.open(deviceId, receipts).catch((error: unknown) => {
      metrics.receiptsRefused.count('signature-invalid');
      throw error;
    });
    const outcomes = db.transaction((transaction) => {
      return opened.map((receipt) => ({ receipt, outcome: takeReceipt(transaction, receipt, nowMs) }));
    });
    for (const { receipt, outcome } of outcomes) {
      if (outcome === 'taken') this.#unwanted.delete(deviceId, columnOf(receipt));
      else this.#refused(deviceId, columnOf(receipt), outcome);
    }
    this.#changed(opened.map(columnOf), deviceId);
  }

  /** What the device had, it has no more. */
  released(deviceId: string, columns: readonly Column[], nowMs: number): void {
    const { db } = this.#using;
    db.transaction((transaction) => {
      for (const column of columns) {
        const place = findPlace(transaction, { ...column, deviceId });
        if (place?.state === 'released') deletePlace(transaction, place);
        if (place?.state === 'held') updatePlace(transaction, place, { state: 'missing', sinceMs: nowMs });
        if (place?.state === 'assigned') forgetReceipt(transaction, place);
      }
    });
    for (const column of columns) this.#unwanted.delete(deviceId, column);
    this.#changed(columns, deviceId);
    this.#using.maintenance.soon(columns.map(({ versionId }) => versionId));
  }

  /** @throws `revision-mismatch` when a page does not follow the one before, `busy` */
  inventory(userId: string, page: InventoryPage, nowMs: number): void {
    const { db, keeper, maintenance } = this.#using;
    const { deviceId } = page;
    const wasAsked = (column: Column) => findPlace(db, { ...column, deviceId }) !== undefined;
    const columns = this.#inventories.take(page, { userId, wasAsked }, nowMs);
    if (!columns) return;
    const { versionIds, unwanted, claimed } = db.transaction((transaction) => {
      return takeInventory(transaction, deviceId, columns, nowMs);
    });
    for (const column of unwanted) this.#unwanted.add(deviceId, column);
    for (const versionId of versionIds) keeper.changed(versionId, [deviceId]);
    maintenance.soon(versionIds);
    maintenance.claimed(claimed);
    if (unwanted.length > 0) keeper.nudge(deviceId);
  }

  /** It offers less than is taken. */
  #makeRoom(deviceId: string, nowMs: number): void {
    const { db, pool, keeper } = this.#using;
    const offer = pool.devices().find((device) => device.deviceId === deviceId);
    if (!offer) return;
    const { assigned, held } = pool.occupied(deviceId);
    const wantedBytes = assigned + held - offer.offeredBytes;
    if (wantedBytes <= 0) return;
    const peers = pool.peers(nowMs);
    const versionIds = db.transaction((transaction) => makeRoom(transaction, deviceId, { wantedBytes, peers, nowMs }));
    for (const versionId of versionIds) keeper.changed(versionId, [deviceId]);
  }

  #refused(deviceId: string, column: Column, outcome: 'unwanted' | 'contradicted'): void {
    this.#unwanted.add(deviceId, column);
    this.#using.metrics.receiptsRefused.count(outcome);
    this.#using.keeper.nudge(deviceId);
  }

  #changed(columns: readonly Column[], deviceId: string): void {
    for (const versionId of new Set(columns.map((column) => column.versionId))) {
      this.#using.keeper.changed(versionId, [deviceId]);
    }
  }
}

/** For others, whatever of it is taken already. */
function roomOf({
  offeredBytes,
  usedBytes,
  freeBytes,
}: Pick<SpaceOffer, 'offeredBytes' | 'usedBytes' | 'freeBytes'>): number {
  return Math.min(offeredBytes, usedBytes + freeBytes);
}
