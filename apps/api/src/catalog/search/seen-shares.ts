// The shares that one viewer may see, and which of them are online, asked one by one as a search meets them: among
// thousands it meets few. Lives as long as one search. Knows no entries.
import type { Database, Statement } from 'better-sqlite3';
import type { Viewer } from '../catalog-index.ts';
import { IS_VISIBLE, SHARES_WITH_OWNERS } from '../visibility.ts';

export interface SeenShare {
  userId: string;
  isOnline: boolean;
}

export class ShareLookup {
  readonly #share: Statement;
  readonly #restricted: Statement;
  readonly #ownerNo: Statement;
  readonly #online: Statement;

  constructor(sqlite: Database) {
    this.#share = sqlite.prepare(
      `SELECT owners.user_id AS userId, shares.device_id AS deviceId
       FROM ${SHARES_WITH_OWNERS} WHERE shares.share_no = +@shareNo AND ${IS_VISIBLE}`,
    );
    // What everybody may see is found without its share, unless its names are still indexed as if they might not.
    this.#restricted = sqlite
      .prepare(
        `SELECT shares.share_no FROM ${SHARES_WITH_OWNERS}
         WHERE shares.share_no IN (
           SELECT share_no FROM audience WHERE user_id = +@viewerId UNION SELECT share_no FROM turned_shares)
         AND (shares.is_public = 0 OR shares.share_no IN (SELECT share_no FROM turned_shares))
         AND owners.user_id <> +@viewerId AND ${IS_VISIBLE}
         ORDER BY shares.share_no LIMIT +@limit`,
      )
      .pluck();
    this.#ownerNo = sqlite.prepare('SELECT owner_no FROM owners WHERE user_id = ?').pluck();
    this.#online = sqlite
      .prepare(`SELECT share_no FROM shares WHERE device_id IN (SELECT value FROM json_each(@deviceIds)) LIMIT @limit`)
      .pluck();
  }

  of(viewer: Viewer): SeenShares {
    const online = new Set(viewer.onlineDeviceIds);
    return new SeenShares((shareNo) => {
      const share = this.#share.get({ viewerId: viewer.userId, shareNo }) as
        | { userId: string; deviceId: string }
        | undefined;
      return share ? { userId: share.userId, isOnline: online.has(share.deviceId) } : null;
    });
  }

  /** Of others' shares that not everybody may see, those that this viewer may: up to `limit` numbers. */
  restricted({ userId }: Viewer, limit: number): number[] {
    return this.#restricted.all({ viewerId: userId, limit }) as number[];
  }

  /** @returns undefined for whoever never shared anything */
  ownerNo(userId: string): number | undefined {
    return this.#ownerNo.get(userId) as number | undefined;
  }

  /** Numbers of shares that can be served now, seen or not: up to `limit`. */
  online({ onlineDeviceIds }: Viewer, limit: number): number[] {
    return this.#online.all({ deviceIds: JSON.stringify(onlineDeviceIds), limit }) as number[];
  }
}

export class SeenShares {
  readonly #look: (shareNo: number) => SeenShare | null;
  readonly #known = new Map<number, SeenShare | null>();

  constructor(look: (shareNo: number) => SeenShare | null) {
    this.#look = look;
  }

  /** @returns null for what may not be seen, or is not there */
  find(shareNo: number): SeenShare | null {
    const known = this.#known.get(shareNo);
    if (known !== undefined) return known;
    const found = this.#look(shareNo);
    this.#known.set(shareNo, found);
    return found;
  }
}
