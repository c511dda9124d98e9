// Who shares what, without what is in it. Knows no entries.
import type { CatalogOwner, CatalogShare, ShareState } from '@ferry/shared';
import type { Database, Statement } from 'better-sqlite3';
import type { CatalogCensus, CatalogDevice, Viewer } from '../catalog-index.ts';
import { prepareOnce } from '../prepare-once.ts';
import { IS_VISIBLE, SHARES_WITH_OWNERS } from '../visibility.ts';
import { SHARE_COLUMNS, type ShareRow, toShare } from './places.ts';

export class Owners {
  readonly #all: Statement;
  readonly #shares: Statement;
  readonly #ofDevice: Statement;
  readonly #counts: Statement;
  readonly #ids: Statement;

  constructor(sqlite: Database) {
    this.#all = prepareOnce(
      sqlite,
      `SELECT owners.user_id AS userId, count(*) AS shareCount, sum(shares.file_count) AS fileCount,
         sum(shares.total_bytes) AS totalBytes, max(shares.updated_at) AS updatedAt
       FROM ${SHARES_WITH_OWNERS} WHERE ${IS_VISIBLE} GROUP BY owners.owner_no`,
    );
    this.#shares = prepareOnce(
      sqlite,
      `SELECT ${SHARE_COLUMNS} FROM ${SHARES_WITH_OWNERS}
       WHERE owners.user_id = @userId AND ${IS_VISIBLE} ORDER BY shares.title, shares.share_no`,
    );
    this.#ofDevice = prepareOnce(
      sqlite,
      `SELECT share_id AS shareId, revision, file_count AS fileCount FROM ${SHARES_WITH_OWNERS}
       WHERE device_id = @deviceId AND user_id = @userId AND is_removed = 0 ORDER BY share_no`,
    );
    this.#counts = prepareOnce(
      sqlite,
      `SELECT count(*) AS shareCount, coalesce(sum(file_count), 0) AS fileCount FROM shares WHERE is_removed = 0`,
    );
    this.#ids = prepareOnce(sqlite, 'SELECT user_id FROM owners WHERE share_count > 0 ORDER BY owner_no').pluck();
  }

  /** Everybody who shares something with the viewer, the viewer included. */
  visible(viewer: Viewer): CatalogOwner[] {
    return this.#all.all({ viewerId: viewer.userId }) as CatalogOwner[];
  }

  shares(viewer: Viewer, userId: string): CatalogShare[] {
    return (this.#shares.all({ viewerId: viewer.userId, userId }) as ShareRow[]).map(toShare);
  }

  ofDevice(owner: CatalogDevice): ShareState[] {
    return this.#ofDevice.all(owner) as ShareState[];
  }

  census(): CatalogCensus {
    const counts = this.#counts.get() as Omit<CatalogCensus, 'ownerIds'>;
    return { ...counts, ownerIds: this.#ids.all() as string[] };
  }
}
