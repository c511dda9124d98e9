// The shares of this browser as it remembers them, apart from their files. Knows no server and no folders.
import type { EndedShare } from '../../adapters/catalog-contract.ts';
import { type CatalogDatabase, type ShareRecord, type ShareTally, shareRange } from './catalog-database.ts';
import { emptyTally } from './entry-change.ts';

/** Deleted in one transaction: others wait no longer than that takes. */
const DELETED_AT_ONCE = 5000;

export class ShareRecords {
  readonly #database: CatalogDatabase;

  constructor(database: CatalogDatabase) {
    this.#database = database;
  }

  async all(): Promise<ShareRecord[]> {
    return this.#database.getAll('shares');
  }

  async add(share: ShareRecord): Promise<void> {
    // Whoever shared it must find it again after a crash.
    const transaction = this.#database.transaction('shares', 'readwrite', { durability: 'strict' });
    void transaction.store.put(share);
    await transaction.done;
  }

  /** Resolves with the share as it is then; undefined when it is none any more. */
  async change(shareId: string, change: Partial<Omit<ShareRecord, 'shareId'>>): Promise<ShareRecord | undefined> {
    const transaction = this.#database.transaction('shares', 'readwrite');
    const share = await transaction.store.get(shareId);
    const changed = share && { ...share, ...change };
    if (changed) void transaction.store.put(changed);
    await transaction.done;
    return changed;
  }

  async tally(shareId: string): Promise<ShareTally> {
    return (await this.#database.get('tallies', shareId)) ?? emptyTally(shareId);
  }

  /**
   * The share first: nothing is added to one that is none.
   *
   * @param ended when it was ended from another device: its owner is to read that, whatever happens in between
   */
  async delete(shareId: string, ended?: EndedShare): Promise<void> {
    const transaction = this.#database.transaction(
      ['shares', 'tallies', 'downloads', 'outbox', 'blocks', 'ended'],
      'readwrite',
      {
        durability: 'strict',
      },
    );
    for (const name of ['shares', 'tallies', 'downloads'] as const) void transaction.objectStore(name).delete(shareId);
    for (const name of ['outbox', 'blocks'] as const) void transaction.objectStore(name).delete(shareRange(shareId));
    if (ended) void transaction.objectStore('ended').put(ended);
    await transaction.done;
    await this.#deleteContents(shareId);
  }

  /** What is left of shares that are none any more: deleting them was interrupted. */
  async deleteOrphans(): Promise<void> {
    const known = new Set(await this.#database.getAllKeys('shares'));
    for (let shareId = await this.#shareAfter(''); shareId !== undefined; shareId = await this.#shareAfter(shareId)) {
      if (!known.has(shareId)) await this.#deleteContents(shareId);
    }
  }

  async #deleteContents(shareId: string): Promise<void> {
    for (;;) {
      const keys = await this.#database.getAllKeys('contents', shareRange(shareId), DELETED_AT_ONCE);
      if (keys.length === 0) return;
      await this.#database.delete('contents', IDBKeyRange.bound(keys[0], keys.at(-1)));
    }
  }

  /** The first share of which something is hashed, of those whose ids come later. */
  async #shareAfter(shareId: string): Promise<string | undefined> {
    return (await this.#database.getKey('contents', IDBKeyRange.lowerBound([shareId, []])))?.[0];
  }
}
