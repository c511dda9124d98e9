// Devices that hold somebody's content from downloading it, and serve it. Only those that are online count: there is
// nothing to show of the others.
//
// Content ids are claims: whoever publishes one may not have the file. So a holder is there for a viewer only by the shares
// that its chunks came from. All of them must be seen by the viewer and still list the content. Then every chunk that the
// viewer gets came from a share that the viewer may see: its owner gave it under that share, or a holder did, for whom the
// same was true. Nobody passes on what was only claimed, because no chunk came from there.
import type { Database, Statement } from 'better-sqlite3';
import type { CatalogDevice, HeldByShares, Viewer } from '../catalog-index.ts';
import { prepareOnce } from '../prepare-once.ts';
import { IS_VISIBLE, SHARES_WITH_OWNERS } from '../visibility.ts';

export type Holder = CatalogDevice & Pick<HeldByShares, 'shares'>;
type Devices = ReadonlySet<string>;
type Row = CatalogDevice & { shareId: string; ownerId: string };

/** That are looked at for one content; the newest downloads of what everybody downloads are no worse sources. */
const MOST_HOLDERS = 500;

export class Holders {
  readonly #of: Statement;
  readonly #isThere: Statement;

  constructor(sqlite: Database) {
    this.#of = prepareOnce(
      sqlite,
      `SELECT user_id AS userId, held.device_id AS deviceId, share_id AS shareId, owner_id AS ownerId
       FROM
         (SELECT content_id, device_id, user_id FROM holders
          WHERE content_id = ? AND NOT EXISTS
            (SELECT 1 FROM owners WHERE owners.user_id = holders.user_id AND owners.is_hidden = 1)
          LIMIT ${MOST_HOLDERS}) AS held
         JOIN holder_shares
           ON holder_shares.content_id = held.content_id AND holder_shares.device_id = held.device_id`,
    );
    this.#isThere = prepareOnce(
      sqlite,
      `SELECT 1 FROM ${SHARES_WITH_OWNERS}
       WHERE shares.share_id = +@shareId AND owners.user_id = +@ownerId AND ${IS_VISIBLE}
         AND EXISTS (SELECT 1 FROM entries WHERE content_id = +@contentId AND entries.share_no = shares.share_no)`,
    );
  }

  /** Those who may give it to this viewer, each by all the shares that it has it from. */
  online(viewer: Viewer, contentId: Buffer): Holder[] {
    const online = new Set(viewer.onlineDeviceIds);
    const isThere = this.#looksOnce(viewer, contentId);
    const holders = this.#holding(contentId, (deviceId) => online.has(deviceId));
    return holders.filter(({ shares }) => shares.every(isThere));
  }

  /** Whether one of them may be asked besides those who share it. Looks no further than the first one. */
  isPassedOn(viewer: Viewer, contentId: Buffer, { online, sharing }: Record<'online' | 'sharing', Devices>): boolean {
    const isThere = this.#looksOnce(viewer, contentId);
    const holders = this.#holding(contentId, (deviceId) => online.has(deviceId) && !sharing.has(deviceId));
    return holders.some(({ shares }) => shares.every(isThere));
  }

  #holding(contentId: Buffer, isMeant: (deviceId: string) => boolean): Holder[] {
    const holders = new Map<string, Holder>();
    for (const { userId, deviceId, shareId, ownerId } of this.#of.all(contentId) as Row[]) {
      if (!isMeant(deviceId)) continue;
      const holder = holders.get(deviceId) ?? { userId, deviceId, shares: [] };
      holder.shares.push({ shareId, userId: ownerId });
      holders.set(deviceId, holder);
    }
    return [...holders.values()];
  }

  /** Most have it from the same few. */
  #looksOnce({ userId: viewerId }: Viewer, contentId: Buffer): (share: HeldByShares['shares'][number]) => boolean {
    const known = new Map<string, boolean>();
    return ({ shareId, userId: ownerId }) => {
      const key = `${shareId} ${ownerId}`;
      const isThere = known.get(key) ?? this.#isThere.get({ viewerId, shareId, ownerId, contentId }) !== undefined;
      known.set(key, isThere);
      return isThere;
    };
  }
}
