// What a person shares on their other devices, a lost one among them: told to them, and ended by them, from wherever they
// are signed in. Knows no requests; which browser it was, is told afterwards by whoever is handed in.
import type { ShareElsewhere } from '@ferry/shared';
import type { CatalogIndex, OwnListedShare } from '../catalog/catalog-index.ts';
import type { Database } from '../db/client.ts';
import { findDevice } from '../db/queries/devices.ts';
import type { PresenceHub } from '../presence/hub.ts';
import { refusal } from '../trpc/error.ts';
import type { EndedShares } from './ended-shares.ts';

interface Dependencies {
  db: Database;
  catalog: Pick<CatalogIndex, 'ownListing' | 'removeShare'>;
  hub: Pick<PresenceHub, 'devicesOf'>;
  ended: EndedShares;
  /** Something on this device has ended. */
  tell: (deviceId: string) => void;
}

/** Of a device that the database does not know any more. */
const UNNAMED = 'Browser';

export class SharesElsewhere {
  readonly #using: Dependencies;

  constructor(using: Dependencies) {
    this.#using = using;
  }

  /** All that is not on this device. */
  async list(userId: string, hereDeviceId: string): Promise<ShareElsewhere[]> {
    const { catalog, hub } = this.#using;
    const shares = (await catalog.ownListing(userId)).filter(({ deviceId }) => deviceId !== hereDeviceId);
    const online = new Set(hub.devicesOf(userId).map(({ deviceId }) => deviceId));
    const devices = new Map(shares.map(({ deviceId }) => [deviceId, findDevice(this.#using.db, deviceId)]));
    return shares.map(({ shareId, deviceId, title, kind, audience, fileCount, totalBytes, updatedAt }) => ({
      shareId,
      deviceId,
      deviceName: devices.get(deviceId)?.name ?? UNNAMED,
      isOnline: online.has(deviceId),
      lastSeenAt: devices.get(deviceId)?.lastSeenAt ?? updatedAt,
      title,
      kind,
      audience,
      fileCount,
      totalBytes,
    }));
  }

  /**
   * One that has ended already is no error.
   *
   * @throws `not-found`, also for what is another person's
   */
  async end(userId: string, shareId: string): Promise<void> {
    const { catalog, ended } = this.#using;
    const share = (await catalog.ownListing(userId)).find((own) => own.shareId === shareId);
    if (share) return this.#end(userId, [share]);
    if (!ended.has(userId, shareId)) throw refusal('not-found');
  }

  /** Whatever is listed from this device; a device that lists nothing, or is another person's, is no error. */
  async endAllOn(userId: string, deviceId: string): Promise<void> {
    const shares = await this.#using.catalog.ownListing(userId);
    await this.#end(
      userId,
      shares.filter((share) => share.deviceId === deviceId),
    );
  }

  /** Remembered before anything is removed: else the device could list it again in between. */
  async #end(userId: string, shares: readonly OwnListedShare[]): Promise<void> {
    if (shares.length === 0) return;
    const { catalog, ended, tell } = this.#using;
    ended.add(
      userId,
      shares.map(({ shareId }) => shareId),
    );
    try {
      for (const { deviceId, shareId } of shares) await catalog.removeShare({ userId, deviceId }, shareId);
    } finally {
      for (const deviceId of new Set(shares.map((share) => share.deviceId))) tell(deviceId);
    }
  }
}
