// What devices hold of others' content from downloading it, and the shares it came from. A device says all of it at once;
// what stays is not written. Does not look at the shares: they may come and go.
import type { Holding } from '@ferry/shared';
import type { Statement } from 'better-sqlite3';
import type { CatalogDevice } from '../catalog-index.ts';
import { prepareOnce } from '../prepare-once.ts';
import type { CatalogTables } from './catalog-tables.ts';

/** Share and owner, as they are told. */
type Shares = Holding['shares'];

export class Holdings {
  readonly #tables: CatalogTables;
  readonly #held: Statement;
  readonly #put: Statement;
  readonly #putShare: Statement;
  readonly #drop: Statement;
  readonly #dropShares: Statement;

  constructor(tables: CatalogTables) {
    this.#tables = tables;
    const { sqlite } = tables;
    this.#held = prepareOnce(
      sqlite,
      `SELECT content_id AS contentId, json_group_array(json_array(share_id, owner_id)) AS shares
       FROM holders JOIN holder_shares USING (content_id, device_id)
       WHERE device_id = ? AND user_id = ? GROUP BY content_id`,
    );
    this.#put = prepareOnce(
      sqlite,
      `INSERT INTO holders (content_id, device_id, user_id) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET user_id = excluded.user_id`,
    );
    this.#putShare = prepareOnce(
      sqlite,
      'INSERT OR IGNORE INTO holder_shares (content_id, device_id, share_id, owner_id) VALUES (?, ?, ?, ?)',
    );
    this.#drop = prepareOnce(sqlite, 'DELETE FROM holders WHERE device_id = ? AND content_id = ?');
    this.#dropShares = prepareOnce(sqlite, 'DELETE FROM holder_shares WHERE device_id = ? AND content_id = ?');
  }

  /**
   * Of content that is named twice the first counts.
   *
   * @returns the shares of what it holds and did not hold before, or the other way round, or from other shares: each
   *   combination of them once
   */
  set({ userId, deviceId }: CatalogDevice, holdings: readonly Holding[]): Shares[] {
    const before = this.#before(userId, deviceId);
    const now = byContent(holdings);
    const gone = [...before].filter(([id]) => !now.has(id));
    const put = [...now].filter(([id, shares]) => textOf(before.get(id)) !== textOf(shares));
    if (gone.length + put.length === 0) return [];
    this.#tables.write(() => {
      for (const [id] of gone) {
        this.#drop.run(deviceId, bytesOf(id));
        this.#dropShares.run(deviceId, bytesOf(id));
      }
      for (const [id, shares] of put) this.#replace(bytesOf(id), { userId, deviceId }, shares);
    });
    const changed = [...gone, ...put].flatMap(([id, shares]) => [shares, before.get(id) ?? shares]);
    return [...new Map(changed.map((shares) => [textOf(shares), shares])).values()];
  }

  #before(userId: string, deviceId: string): Map<string, Shares> {
    const rows = this.#held.all(deviceId, userId) as { contentId: Buffer; shares: string }[];
    return new Map(
      rows.map(({ contentId, shares }) => [contentId.toString('base64url'), JSON.parse(shares) as Shares]),
    );
  }

  #replace(contentId: Buffer, { userId, deviceId }: CatalogDevice, shares: Shares): void {
    this.#dropShares.run(deviceId, contentId);
    this.#put.run(contentId, deviceId, userId);
    for (const [shareId, ownerId] of shares) this.#putShare.run(contentId, deviceId, shareId, ownerId);
  }
}

function byContent(holdings: readonly Holding[]): Map<string, Shares> {
  const all = new Map<string, Shares>();
  for (const { shares, contentIds } of holdings) for (const id of contentIds) if (!all.has(id)) all.set(id, shares);
  return all;
}

/** The same for the same shares, in whatever order and however often they are named. */
function textOf(shares: Shares | undefined): string | undefined {
  return shares && [...new Set(shares.map((share) => share.join(' ')))].sort().join();
}

function bytesOf(contentId: string): Buffer {
  return Buffer.from(contentId, 'base64url');
}
