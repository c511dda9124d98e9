// Who offers room, as decisions need to know it: from the database, and from who is online. Decides nothing. What it has
// read it keeps until it is told that it changed.
import type { Database } from '../db/client.ts';
import { type OccupiedBytes, occupiedBytes } from '../db/queries/store-device-places.ts';
import { type OfferingDevice, offeringDevices } from '../db/queries/store-offers.ts';
import type { PresenceHub } from '../presence/hub.ts';
import { SilentDevices } from './silent-devices.ts';
import type { StorePeer, StorePeers } from './store-peer.ts';
import { officeUptime } from './uptime.ts';

export class StorePool {
  readonly #db: Database;
  readonly #hub: Pick<PresenceHub, 'onlineSinceMs'>;
  readonly #silent: SilentDevices;
  readonly #occupied = new Map<string, OccupiedBytes>();
  #devices: readonly OfferingDevice[] | undefined;
  #snapshot: { readonly nowMs: number; readonly peers: StorePeers } | undefined;

  constructor(db: Database, hub: Pick<PresenceHub, 'onlineSinceMs'>) {
    this.#db = db;
    this.#hub = hub;
    this.#silent = new SilentDevices(db);
  }

  /** With offers, also of no room at all: they may keep something still. */
  devices(): readonly OfferingDevice[] {
    this.#devices ??= offeringDevices(this.#db);
    return this.#devices;
  }

  /** At one moment everybody is told the same: a page of the list asks fifty times. */
  peers(nowMs: number): StorePeers {
    if (this.#snapshot?.nowMs !== nowMs) {
      const peers = new Map(this.devices().map((device) => [device.deviceId, this.#peer(device, nowMs)]));
      this.#snapshot = { nowMs, peers };
    }
    return this.#snapshot.peers;
  }

  /** Of any device, also of one that offers nothing. */
  onlineSinceMs(deviceId: string): number | undefined {
    return this.#hub.onlineSinceMs(deviceId);
  }

  /** Somebody offers more or less, tells keys, is quarantined, or has no account any more. */
  offersChanged(): void {
    this.#devices = undefined;
    this.#snapshot = undefined;
  }

  /** These devices were given places, or lost some. */
  placesChanged(deviceIds: Iterable<string>): void {
    for (const deviceId of deviceIds) this.#occupied.delete(deviceId);
    this.#snapshot = undefined;
  }

  /** Somebody has said what an audit of it found. @returns whether the device counts as another one than before */
  audited(deviceId: string, nowMs: number): boolean {
    const isNews = this.#silent.audited(deviceId, nowMs);
    if (isNews) this.#snapshot = undefined;
    return isNews;
  }

  occupied(deviceId: string): OccupiedBytes {
    const known = this.#occupied.get(deviceId) ?? occupiedBytes(this.#db, deviceId);
    this.#occupied.set(deviceId, known);
    return known;
  }

  #peer(device: OfferingDevice, nowMs: number): StorePeer {
    const { deviceId, ownerId, lastSeenAt, quarantinedAt, officeOnlineMs, officeObservedMs } = device;
    const onlineSinceMs = this.#hub.onlineSinceMs(deviceId) ?? null;
    const isSilent = this.#silent.has(deviceId, nowMs);
    return {
      peerId: deviceId,
      ownerId,
      onlineSinceMs,
      lastContactMs: onlineSinceMs === null ? lastSeenAt : nowMs,
      freeBytes: isSilent ? 0 : this.#freeBytes(device),
      officeUptime: officeUptime({ onlineMs: officeOnlineMs, observedMs: officeObservedMs }),
      isQuarantined: quarantinedAt !== null,
      isSilent,
    };
  }

  /** Of what is on its way to the device, its disk says nothing yet. */
  #freeBytes({ deviceId, offeredBytes, freeBytes, hasKeys }: OfferingDevice): number {
    if (!hasKeys || offeredBytes === 0) return 0;
    const { assigned, held } = this.occupied(deviceId);
    return Math.max(0, Math.min(offeredBytes - held, freeBytes) - assigned);
  }
}
