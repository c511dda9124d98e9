// The statements that change owners and shares, each prepared once. Decides nothing.
import type { Database, Statement } from 'better-sqlite3';
import { prepareOnce } from '../prepare-once.ts';

export interface ShareRow {
  shareNo: number;
  shareId: string;
  ownerNo: number;
  userId: string;
  deviceId: string;
  title: string;
  isFolder: number;
  isRepublishing: number;
  revision: number;
  generation: number;
  fileCount: number;
  /** Of all shares of the owner. */
  ownerEntryCount: number;
}

export interface OwnerRow {
  ownerNo: number;
  shareCount: number;
}

const COLUMNS = `share_no AS shareNo, share_id AS shareId, shares.owner_no AS ownerNo, user_id AS userId,
  device_id AS deviceId, title, is_folder AS isFolder, is_republishing AS isRepublishing, revision, generation,
  file_count AS fileCount, owners.entry_count AS ownerEntryCount`;

export class ShareTable {
  readonly #find: Statement;
  readonly #owner: Statement;
  readonly #makeOwner: Statement;
  readonly #countShare: Statement;
  readonly #insert: Statement;
  readonly #change: Statement;
  readonly #published: Statement;
  readonly #addToShare: Statement;
  readonly #addToOwner: Statement;
  readonly #forgetShare: Statement;
  readonly #markRemoved: Statement;
  readonly #clearAudience: Statement;
  readonly #addToAudience: Statement;

  constructor(sqlite: Database) {
    this.#find = prepareOnce(
      sqlite,
      `SELECT ${COLUMNS} FROM shares JOIN owners ON owners.owner_no = shares.owner_no WHERE share_id = ?`,
    );
    this.#owner = prepareOnce(
      sqlite,
      'SELECT owner_no AS ownerNo, share_count AS shareCount FROM owners WHERE user_id = ?',
    );
    this.#makeOwner = prepareOnce(sqlite, 'INSERT INTO owners (user_id) VALUES (?) ON CONFLICT DO NOTHING');
    this.#countShare = prepareOnce(sqlite, 'UPDATE owners SET share_count = share_count + 1 WHERE owner_no = ?');
    this.#insert = prepareOnce(
      sqlite,
      `INSERT INTO shares (share_id, owner_no, device_id, title, is_folder, is_public, created_at, updated_at)
       VALUES (@shareId, @ownerNo, @deviceId, @title, @isFolder, @isPublic, @now, @now)`,
    );
    this.#change = prepareOnce(sqlite, 'UPDATE shares SET title = ?, is_public = ? WHERE share_no = ?');
    this.#published = prepareOnce(
      sqlite,
      `UPDATE shares SET revision = revision + 1, generation = ?, is_republishing = ?, updated_at = ?
       WHERE share_no = ?`,
    );
    this.#addToShare = prepareOnce(
      sqlite,
      `UPDATE shares SET file_count = file_count + CAST(? AS INTEGER), total_bytes = total_bytes + CAST(? AS INTEGER),
         entry_count = entry_count + CAST(? AS INTEGER) WHERE share_no = ?`,
    );
    this.#addToOwner = prepareOnce(
      sqlite,
      'UPDATE owners SET entry_count = entry_count + CAST(? AS INTEGER) WHERE owner_no = ?',
    );
    this.#forgetShare = prepareOnce(
      sqlite,
      `UPDATE owners SET share_count = share_count - 1,
         entry_count = entry_count - (SELECT entry_count FROM shares WHERE share_no = ?) WHERE owner_no = ?`,
    );
    this.#markRemoved = prepareOnce(
      sqlite,
      "UPDATE shares SET is_removed = 1, share_id = 'removed ' || share_no WHERE share_no = ?",
    );
    this.#clearAudience = prepareOnce(sqlite, 'DELETE FROM audience WHERE share_no = ?');
    this.#addToAudience = prepareOnce(sqlite, 'INSERT OR IGNORE INTO audience (user_id, share_no) VALUES (?, ?)');
  }

  find(shareId: string): ShareRow | undefined {
    return this.#find.get(shareId) as ShareRow | undefined;
  }

  /** Makes the owner known. */
  owner(userId: string): OwnerRow {
    this.#makeOwner.run(userId);
    return this.#owner.get(userId) as OwnerRow;
  }

  /** @returns its number */
  insert(share: {
    shareId: string;
    ownerNo: number;
    deviceId: string;
    title: string;
    isFolder: number;
    isPublic: number;
  }): number {
    this.#countShare.run(share.ownerNo);
    return Number(this.#insert.run({ ...share, now: Date.now() }).lastInsertRowid);
  }

  change(shareNo: number, title: string, isPublic: number): void {
    this.#change.run(title, isPublic, shareNo);
  }

  /** Whatever was said about what is in it: one revision more. */
  published(shareNo: number, generation: number, isRepublishing: number): void {
    this.#published.run(generation, isRepublishing, Date.now(), shareNo);
  }

  add(
    share: Pick<ShareRow, 'shareNo' | 'ownerNo'>,
    more: { fileCount: number; sizeBytes: number; entryCount: number },
  ): void {
    const { fileCount, sizeBytes, entryCount } = more;
    if (fileCount === 0 && sizeBytes === 0 && entryCount === 0) return;
    this.#addToShare.run(fileCount, sizeBytes, entryCount, share.shareNo);
    this.#addToOwner.run(entryCount, share.ownerNo);
  }

  /** Nobody sees it any more, its owner may use the id anew, and has room for as much again. */
  markRemoved(share: Pick<ShareRow, 'shareNo' | 'ownerNo'>): void {
    this.#forgetShare.run(share.shareNo, share.ownerNo);
    this.#markRemoved.run(share.shareNo);
  }

  setAudience(shareNo: number, userIds: readonly string[]): void {
    this.#clearAudience.run(shareNo);
    for (const userId of userIds) this.#addToAudience.run(userId, shareNo);
  }
}
