// Who has equal content: the shares that somebody may see with files of the same content id. Used by everything that
// shows entries, search included. Knows no names.
import type { CatalogEntry, CatalogSource } from '@ferry/shared';
import type { Database, Statement } from 'better-sqlite3';
import { type ShownRow, toEntry } from './browsing/entry-rows.ts';
import { Holders } from './browsing/holders.ts';
import type { Viewer } from './catalog-index.ts';
import { prepareOnce } from './prepare-once.ts';
import { IS_VISIBLE } from './visibility.ts';

/**
 * Shares that are looked at for one content of many. Some files are everywhere, the empty one first of all, and nobody
 * needs hundreds of sources.
 */
const FEW_SHARES = 64;

/** From share to share: each of them may have the same content thousands of times. */
const SHARING = `
  WITH RECURSIVE sharing (share_no, n) AS (
    SELECT (SELECT min(share_no) FROM entries WHERE content_id = +@contentId), 1
    UNION ALL
    SELECT (SELECT min(share_no) FROM entries WHERE content_id = +@contentId AND share_no > sharing.share_no), n + 1
    FROM sharing WHERE share_no IS NOT NULL AND n < +@mostShares
  )
  SELECT owners.user_id AS userId, shares.device_id AS deviceId, shares.share_id AS shareId,
    (SELECT path FROM entries WHERE content_id = +@contentId AND share_no = shares.share_no LIMIT 1) AS path
  FROM sharing
    JOIN shares ON shares.share_no = sharing.share_no
    JOIN owners ON owners.owner_no = shares.owner_no
  WHERE ${IS_VISIBLE}`;

export class Sources {
  readonly #sharing: Statement;
  readonly #holders: Holders;

  constructor(sqlite: Database) {
    this.#sharing = prepareOnce(sqlite, SHARING);
    this.#holders = new Holders(sqlite);
  }

  /** One of each device that the viewer may see, online or not, in no particular order. */
  of(viewer: Viewer, contentId: Buffer, mostShares = FEW_SHARES): CatalogSource[] {
    const found = this.#sharing.all({ viewerId: viewer.userId, contentId, mostShares }) as CatalogSource[];
    const byDevice = new Map<string, CatalogSource>();
    for (const source of found) if (!byDevice.has(source.deviceId)) byDevice.set(source.deviceId, source);
    return [...byDevice.values()];
  }

  /** Rows as they are shown, with the sources of each. */
  describe(viewer: Viewer, rows: readonly ShownRow[]): CatalogEntry[] {
    const online = new Set(viewer.onlineDeviceIds);
    return rows.map((row) => {
      const { contentId, deviceId } = row;
      if (!contentId) return toEntry(row, [], { online, isPassedOn: false });
      const copies = this.of(viewer, contentId);
      const sharing = new Set([deviceId, ...copies.map((copy) => copy.deviceId)]);
      const isPassedOn = this.#holders.isPassedOn(viewer, contentId, { online, sharing });
      return toEntry(row, copies, { online, isPassedOn });
    });
  }
}
