// A Store in a database in memory, for tests of what is decided by its tables: people with one device each, and versions of
// which they hold columns.
import { randomUUID } from 'node:crypto';
import { type Database, openDatabase } from '../db/client.ts';
import { insertDevice } from '../db/queries/devices.ts';
import { insertStoredColumn } from '../db/queries/store-groups.ts';
import { putOffer } from '../db/queries/store-offers.ts';
import { assignPlace, placesOfVersion, updatePlace } from '../db/queries/store-places.ts';
import { insertVersion } from '../db/queries/store-versions.ts';
import { insertUser } from '../db/queries/users.ts';
import { columnSizeBytes } from '../store/column-size.ts';
import type { StorePeer, StorePeers } from '../store/store-peer.ts';
import { contentIdOf } from './catalog-sharing.ts';
import { peer } from './store-peers.ts';

const MIB = 1_048_576;

export class StoreTables {
  readonly db: Database;
  readonly close: () => void;
  readonly #peers = new Map<string, StorePeer>();

  constructor() {
    const { db, close } = openDatabase(':memory:');
    this.db = db;
    this.close = close;
  }

  get peers(): StorePeers {
    return this.#peers;
  }

  /** p0, p1, …, of people of their own. */
  addPeers(count: number): string[] {
    return Array.from({ length: count }, () => this.addPeer(`p${this.#peers.size}`));
  }

  addPeer(deviceId: string, more: Partial<StorePeer> = {}): string {
    const made = peer(deviceId, more);
    const { ownerId: userId } = made;
    if (![...this.#peers.values()].some(({ ownerId }) => ownerId === userId)) this.#addUser(userId);
    insertDevice(this.db, { deviceId, userId, name: 'Test', createdAt: 0, lastSeenAt: 0 });
    putOffer(this.db, { deviceId, offeredBytes: 1e10, usedBytes: 0, freeBytes: 1e10, isAlwaysOn: false, updatedAt: 0 });
    this.#peers.set(deviceId, made);
    return deviceId;
  }

  change(deviceId: string, change: Partial<StorePeer>): void {
    this.#peers.set(deviceId, { ...this.#peers.get(deviceId)!, ...change });
  }

  /** In the Store since long, of one group, by the first peer. Column i is held by peer i of these. */
  addVersion(holders: readonly string[], code: { k?: number; n?: number; chunks?: number } = {}): string {
    const { k = 4, n = 16 } = code;
    const { chunks = 64 * k } = code;
    const versionId = randomUUID();
    const [uploader] = this.#peers.values();
    const sizeBytes = chunks * MIB;
    insertVersion(this.db, {
      versionId,
      ownerId: uploader!.ownerId,
      uploaderDeviceId: uploader!.peerId,
      contentType: 'file',
      sizeBytes,
      name: versionId,
      nameKey: versionId,
      mediaType: '',
      modifiedMs: 0,
      key: 'A'.repeat(43),
      k,
      n,
      createdAt: 1,
      expiresAt: null,
      acceptedAt: 1,
      goneAt: null,
      isLatest: true,
    });
    for (let index = 0; index < n; index++) {
      const bytes = columnSizeBytes({ sizeBytes, k }, 0, index);
      const contentId = contentIdOf(`${versionId} ${index}`);
      if (bytes > 0) insertStoredColumn(this.db, { versionId, group: 0, index, contentId, sizeBytes: bytes });
    }
    for (const [index, deviceId] of holders.entries()) this.hold(versionId, index, deviceId);
    return versionId;
  }

  hold(versionId: string, index: number, deviceId: string): void {
    const place = { versionId, group: 0, index, deviceId };
    assignPlace(this.db, { ...place, sizeBytes: MIB, sourceDeviceId: null }, 0);
    updatePlace(this.db, place, { state: 'held' });
  }

  /** @param sourceDeviceId whoever made it anew; the uploader, when nobody did */
  assign(
    versionId: string,
    index: number,
    deviceId: string,
    nowMs: number,
    sourceDeviceId: string | null = null,
  ): void {
    assignPlace(this.db, { versionId, group: 0, index, deviceId, sizeBytes: MIB, sourceDeviceId }, nowMs);
  }

  /** As `index device state`, in order. */
  places(versionId: string): string[] {
    return placesOfVersion(this.db, versionId).map(({ index, deviceId, state }) => `${index} ${deviceId} ${state}`);
  }

  #addUser(userId: string): void {
    const account = { username: userId, usernameKey: userId, passwordHash: '', isAdmin: false };
    insertUser(this.db, { userId, ...account, createdAt: 0, disabledAt: null });
  }
}
