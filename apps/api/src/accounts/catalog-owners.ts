// Looks every few seconds whether those who share something still have an account that is switched on: `ferry-admin`,
// another process, may have switched it off, and a restored database may never have had it. What they share is hidden
// until they are back. Decides nothing about what is shown.
import type { CatalogCensus, CatalogIndex } from '../catalog/catalog-index.ts';
import type { Database } from '../db/client.ts';
import { allColleagues } from '../db/queries/users.ts';

/** As for sessions: whoever was switched off is out within it, and so is what they share. */
const INTERVAL_MS = 5000;

export class CatalogOwners {
  readonly #db: Database;
  readonly #catalog: Pick<CatalogIndex, 'census' | 'setHiddenOwners'>;
  readonly #timer: ReturnType<typeof setInterval>;
  #census: CatalogCensus = { shareCount: 0, fileCount: 0, ownerIds: [] };
  /** As the index was told last; it remembers nothing of the kind itself. */
  #hidden: string | undefined;
  #isLooking = false;

  constructor(db: Database, catalog: Pick<CatalogIndex, 'census' | 'setHiddenOwners'>) {
    this.#db = db;
    this.#catalog = catalog;
    this.#timer = setInterval(() => void this.look(), INTERVAL_MS).unref();
    void this.look();
  }

  /** At most a few seconds old. */
  get census(): CatalogCensus {
    return this.#census;
  }

  async look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      this.#census = await this.#catalog.census();
      const present = new Set(allColleagues(this.#db).map(({ userId }) => userId));
      const hidden = this.#census.ownerIds.filter((userId) => !present.has(userId)).sort();
      if (hidden.join() === this.#hidden) return;
      await this.#catalog.setHiddenOwners(hidden);
      this.#hidden = hidden.join();
    } catch {
      // An index that is busy, or a database that cannot be read for a moment, is asked again.
    } finally {
      this.#isLooking = false;
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
