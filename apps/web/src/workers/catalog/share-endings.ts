// What was ended from another device, as its owner is told here: until they have read it. That it is shared no more, and
// that it is remembered here, share-records.ts sees to. Knows no server.
import type { EndedShare } from '../../adapters/catalog-contract.ts';
import type { CatalogDatabase } from './catalog-database.ts';

/** Of somebody who never reads it, the newest. */
const MOST_KEPT = 100;

export class ShareEndings {
  readonly #database: CatalogDatabase;
  #shares: EndedShare[] = [];

  constructor(database: CatalogDatabase) {
    this.#database = database;
  }

  /** The newest first. */
  get shares(): EndedShare[] {
    return this.#shares;
  }

  async restore(): Promise<void> {
    const known = (await this.#database.getAll('ended')).sort((a, b) => b.endedAt - a.endedAt);
    this.#shares = known.slice(0, MOST_KEPT);
    for (const { shareId } of known.slice(MOST_KEPT)) await this.#database.delete('ended', shareId);
  }

  added(share: EndedShare): void {
    this.#shares = [share, ...this.#shares];
  }

  /** They have been read. */
  async forget(shareIds: readonly string[]): Promise<void> {
    this.#shares = this.#shares.filter(({ shareId }) => !shareIds.includes(shareId));
    const transaction = this.#database.transaction('ended', 'readwrite');
    for (const shareId of shareIds) void transaction.store.delete(shareId);
    await transaction.done;
  }
}
