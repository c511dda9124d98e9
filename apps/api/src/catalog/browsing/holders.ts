// Devices that hold somebody's content from downloading it, and serve it. Only those that are online count: there is
// nothing to show of the others. Knows no shares.
import type { Database, Statement } from 'better-sqlite3';
import type { Viewer } from '../catalog-index.ts';
import { prepareOnce } from '../prepare-once.ts';

export interface Holder {
  userId: string;
  deviceId: string;
}

/** That are looked at for one content; the newest downloads of what everybody downloads are no worse sources. */
const MOST_HOLDERS = 500;

export class Holders {
  readonly #of: Statement;

  constructor(sqlite: Database) {
    this.#of = prepareOnce(
      sqlite,
      `SELECT user_id AS userId, device_id AS deviceId FROM holders
       WHERE content_id = ? AND NOT EXISTS
         (SELECT 1 FROM owners WHERE owners.user_id = holders.user_id AND owners.is_hidden = 1)
       LIMIT ${MOST_HOLDERS}`,
    );
  }

  online(viewer: Viewer, contentId: Buffer): Holder[] {
    const online = new Set(viewer.onlineDeviceIds);
    return (this.#of.all(contentId) as Holder[]).filter(({ deviceId }) => online.has(deviceId));
  }
}
