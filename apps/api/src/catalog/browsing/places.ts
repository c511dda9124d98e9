// Finds a share, and a place in it, for somebody who may see it. What one may not see is not there.
import type { CatalogShare } from '@ferry/shared';
import type { Database, Statement } from 'better-sqlite3';
import type { Viewer } from '../catalog-index.ts';
import { CatalogRefusal } from '../catalog-refusal.ts';
import { prepareOnce } from '../prepare-once.ts';
import { IS_VISIBLE, SHARES_WITH_OWNERS } from '../visibility.ts';
import { SHOWN_COLUMNS, type ShownRow } from './entry-rows.ts';

export type ShareRow = Omit<CatalogShare, 'kind'> & { shareNo: number; isFolder: number };
export type PlaceRow = ShownRow & { entryNo: number; shareNo: number };

export const SHARE_COLUMNS = `shares.share_no AS shareNo, shares.share_id AS shareId, owners.user_id AS userId,
  shares.device_id AS deviceId, shares.title, shares.is_folder AS isFolder, shares.file_count AS fileCount,
  shares.total_bytes AS totalBytes, shares.updated_at AS updatedAt`;

export class Places {
  readonly #share: Statement;
  readonly #place: Statement;

  constructor(sqlite: Database) {
    this.#share = prepareOnce(
      sqlite,
      `SELECT ${SHARE_COLUMNS} FROM ${SHARES_WITH_OWNERS} WHERE shares.share_id = @shareId AND ${IS_VISIBLE}`,
    );
    this.#place = prepareOnce(
      sqlite,
      `SELECT entries.entry_no AS entryNo, entries.share_no AS shareNo, ${SHOWN_COLUMNS}
       FROM ${SHARES_WITH_OWNERS} JOIN entries ON entries.share_no = shares.share_no AND entries.path = @path
       WHERE shares.share_id = @shareId AND ${IS_VISIBLE}`,
    );
  }

  /** @throws `not-found` */
  share(viewer: Viewer, shareId: string): ShareRow {
    const share = this.#share.get({ viewerId: viewer.userId, shareId }) as ShareRow | undefined;
    if (!share) throw new CatalogRefusal('not-found');
    return share;
  }

  /** @throws `not-found` */
  place(viewer: Viewer, { shareId, path }: { shareId: string; path: string }): PlaceRow {
    const place = this.#place.get({ viewerId: viewer.userId, shareId, path }) as PlaceRow | undefined;
    if (!place) throw new CatalogRefusal('not-found');
    return place;
  }
}

export function toShare({ shareNo: _, isFolder, ...share }: ShareRow): CatalogShare {
  return { ...share, kind: isFolder === 1 ? 'folder' : 'files' };
}
